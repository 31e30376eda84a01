/** What the tests of `home-delta` need besides a run: who was called with what, and the scan's own process. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import { type CommandRunner, createCommandRunner } from '../../src/host/command.ts';
import type { BackedUp } from '../../src/strategies/contract.ts';
import { fingerprintTree } from '../support/bitbucket-home.ts';
import type { Workplace } from './home-context.ts';
import { expectedCopy } from './home.contract.ts';

/** One rsync that copied, or was to. */
export interface RecordedPass {
  readonly args: readonly string[];
  /** Those of `--files-from`; undefined without. */
  readonly listed: readonly string[] | undefined;
  /** Mode of the list, and of nothing where there is none. */
  readonly listMode: number | undefined;
}

export interface Recorder {
  readonly commands: CommandRunner;
  /** First passes and second ones, in order. */
  readonly passes: readonly RecordedPass[];
}

/** @param instead another program and its arguments for a pass; the pass itself without */
export function recorder(
  instead: (
    pass: RecordedPass,
    number: number,
    command: readonly [string, ...string[]],
  ) => readonly [string, ...string[]] = (_pass, _number, command) => command,
): Recorder {
  const real = createCommandRunner();
  const passes: RecordedPass[] = [];
  return {
    passes,
    commands: {
      run: async (program, args, options) => {
        if (basename(program) !== 'rsync' || !args.includes('--archive')) {
          return await real.run(program, args, options);
        }
        const file = args.find((arg) => arg.startsWith('--files-from='))?.slice('--files-from='.length);
        const pass: RecordedPass = {
          args,
          listed: file === undefined ? undefined : readFileSync(file, 'latin1').split('\0').slice(0, -1),
          listMode: file === undefined ? undefined : statSync(file).mode & 0o7777,
        };
        passes.push(pass);
        const [other, ...otherArgs] = instead(pass, passes.length, [program, ...args]);
        return await real.run(other, otherArgs, options);
      },
    },
  };
}

export async function expectCopied(place: Workplace, homePath: string = place.homePath): Promise<void> {
  const copy = await fingerprintTree(join(place.backupRoot, 'bitbucket-home'));
  expect(copy).toEqual(await expectedCopy(homePath));
}

/** The manifest counts what the copies hold. Where rsync has counted, what links lead to is among the bytes. */
export async function expectCounted(
  { files, bytes, details }: BackedUp,
  copies: readonly string[],
): Promise<void> {
  const described: string[] = [];
  for (const copy of copies) {
    described.push(...(await fingerprintTree(copy)).values());
  }
  const sizes = described.flatMap((description) => /^file size (\d+) /.exec(description)?.[1] ?? []);
  const targets = described.flatMap(
    (description) => /^symlink .* target (.*)$/s.exec(description)?.[1] ?? [],
  );
  const inFiles = sizes.reduce((sum, size) => sum + Number(size), 0);
  const inLinks = targets.reduce((sum, target) => sum + target.length, 0);
  const isByRsync = JSON.stringify(details['secondPass']).includes('full');
  expect(files).toBe(sizes.length);
  expect(bytes).toBe(isByRsync ? inFiles + inLinks : inFiles);
}

/** Lists of changes that lie in `backup-root`. */
export function lists(place: Workplace): readonly string[] {
  return existsSync(place.backupRoot)
    ? readdirSync(place.backupRoot).filter((name) => name.startsWith('.bitbucket-home.'))
    : [];
}

/** Ids of the scans that a process has started and that run. */
export function scansOf(parent: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent && commandLineOf(pid).includes('home-scan'));
}

/** As the kernel does when memory runs out. */
export function killScan(): void {
  const [scan, ...others] = scansOf(process.pid);
  if (scan === undefined || others.length > 0) {
    throw new Error('There is not one scan.');
  }
  process.kill(scan, 'SIGKILL');
}

function parentOf(pid: number): number | undefined {
  const parent = /^PPid:\s+(\d+)$/m.exec(read(`/proc/${pid}/status`))?.[1];
  return parent === undefined ? undefined : Number(parent);
}

function commandLineOf(pid: number): string {
  return read(`/proc/${pid}/cmdline`);
}

/** Empty when it has just ended. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
