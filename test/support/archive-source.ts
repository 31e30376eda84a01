/** What the tests of reading archives have in common: making them, opening them, and folders of programs for PATH. */
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ArchivedTree } from '../../src/archive/member-check.ts';
import { LIST_ARGUMENTS } from '../../src/archive/member-line.ts';
import type { Compression } from '../../src/archive/names.ts';
import type { RestoreSource, VerifiedContents } from '../../src/archive/restore-source.ts';
import { TAR_FORMAT } from '../../src/archive/tar-program.ts';
import { openTarSource } from '../../src/archive/tar-source.ts';
import { findProgram } from '../../src/host/tools.ts';
import { createCommandRunner } from '../../src/host/command.ts';
import { createMemoryLog } from './memory-log.ts';
import { runProgram } from './program.ts';

export const never = new AbortController().signal;

/** Where the home of the archives is going to stand. */
export const HOME: ArchivedTree = { member: 'bitbucket-home', target: '/var/bitbucket' };

export interface OpenedSource {
  readonly source: RestoreSource;
  readonly lines: readonly string[];
}

/** Closed when the test is over. */
export async function openSource(path: string): Promise<OpenedSource> {
  const { log, lines } = createMemoryLog();
  const tar = findProgram('tar') ?? 'tar';
  const source = await openTarSource(path, { commands: createCommandRunner(), log, tar });
  onTestFinished(async () => await source.close());
  return { source, lines };
}

export async function verified(path: string, trees = [HOME]): Promise<VerifiedContents> {
  const { source } = await openSource(path);
  return await source.verify(trees, never);
}

const COMPRESSORS = { zstd: ['zstd', '-q', '-c'], gzip: ['gzip', '-c'], none: ['cat'] } as const;

export async function compressed(bytes: Buffer, compression: Compression): Promise<Buffer> {
  const [program, ...args] = COMPRESSORS[compression];
  return (await runProgram(program, args, { input: [bytes] })).stdout;
}

/** An archive of members of a folder, made by the tar and with the options of a backup. */
export async function tarOf(root: string, members: readonly string[]): Promise<Buffer> {
  const { stdout } = await runProgram('tar', [
    '--create',
    '--file=-',
    ...TAR_FORMAT,
    `--directory=${root}`,
    '--',
    ...members,
  ]);
  return stdout;
}

/** The list of an archive, as a restore asks for it. */
export async function listed(archive: Buffer): Promise<string[]> {
  const lines: string[] = [];
  await createCommandRunner().run('tar', [...LIST_ARGUMENTS, '--file=-'], {
    input: archive,
    onLine: (line) => lines.push(line),
  });
  return lines;
}

/** Writes it with the checksum beside it that `sha256sum` makes. */
export async function layWithChecksum(path: string, bytes: Buffer): Promise<void> {
  writeFileSync(path, bytes);
  const folder = join(path, '..');
  const { stdout } = await runProgram('sha256sum', ['--', path.slice(folder.length + 1)], { cwd: folder });
  writeFileSync(`${path}.sha256`, stdout);
}

/** A folder for PATH that holds these programs and no others. */
export function folderOf(programs: readonly string[], folder: string): string {
  mkdirSync(folder, { recursive: true });
  const bin = mkdtempSync(join(folder, 'bin-'));
  for (const program of programs) {
    symlinkSync(findProgram(program) ?? '', join(bin, program));
  }
  return bin;
}
