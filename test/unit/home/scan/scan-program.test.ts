/** The scan as a process of its own, talked to directly. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createCommandRunner } from '../../../../src/host/command.ts';
import { startDialogue } from '../../../../src/host/dialogue.ts';
import { ownProgram } from '../../../../src/host/own-program.ts';
import type { ScanRequest } from '../../../../src/home/scan/scan-protocol.ts';
import { scansOf } from '../../../contract/home-delta-context.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

interface Scan {
  ask(request: ScanRequest): Promise<unknown>;
  /** Ends what it reads, and waits until it has ended by itself. */
  finish(): Promise<void>;
}

function startScan(): Scan {
  const stop = new AbortController();
  onTestFinished(() => stop.abort(new Error('The test is over.')));
  const dialogue = startDialogue(createCommandRunner(), process.execPath, [ownProgram('home-scan')], {
    signal: stop.signal,
  });
  return {
    ask: async (request) => {
      dialogue.send(JSON.stringify(request));
      for (;;) {
        const answer: unknown = JSON.parse(await dialogue.next());
        if (typeof answer !== 'object' || answer === null || !('progress' in answer)) {
          return answer;
        }
      }
    },
    finish: async () => await dialogue.finish(),
  };
}

interface Place {
  readonly source: string;
  readonly copyRoot: string;
  readonly listFile: string;
}

function place(): Place {
  const folder = temporaryFolder();
  const source = join(folder, 'source');
  const copyRoot = join(folder, 'copy');
  mkdirSync(join(source, 'inner'), { recursive: true });
  mkdirSync(copyRoot);
  writeFileSync(join(source, 'inner/file'), 'content');
  writeFileSync(join(source, '#file'), 'content');
  return { source, copyRoot, listFile: join(folder, 'list') };
}

describe('the scan program', () => {
  it('answers what it is asked, writes the list for our eyes only, and ends with its input', async () => {
    const { source, copyRoot, listFile } = place();
    const scan = startScan();
    const first = { ask: 'first look', tree: 7, source, exclusions: ['/inner/'] } as const;
    expect(await scan.ask(first)).toMatchObject({ firstLook: { folders: 1, files: 1 } });
    const second = { ask: 'second look', tree: 7, copyRoot, suspects: [], listFile } as const;
    expect(await scan.ask(second)).toMatchObject({
      secondLook: { paths: 2, lists: [`${listFile}.1`], deleted: 0 },
    });
    expect(readFileSync(`${listFile}.1`, 'utf8')).toBe('./\0./#file\0');
    expect(statSync(`${listFile}.1`).mode & 0o7777).toBe(0o600);
    expect(await scan.ask({ ask: 'count', folder: source })).toEqual({ count: { files: 2, bytes: 14 } });
    await scan.finish();
  });

  it('does not write over a list that is there', async () => {
    const { source, copyRoot, listFile } = place();
    writeFileSync(`${listFile}.1`, 'of another run');
    const scan = startScan();
    await scan.ask({ ask: 'first look', tree: 1, source, exclusions: [] });
    const answer = await scan.ask({ ask: 'second look', tree: 1, copyRoot, suspects: [], listFile });
    expect(answer).toHaveProperty('failed');
    expect(JSON.stringify(answer)).toContain('EEXIST');
    expect(readFileSync(`${listFile}.1`, 'utf8')).toBe('of another run');
  });

  it('compares a memory once: what is copied after it is no copy of what was remembered', async () => {
    const { source, copyRoot, listFile } = place();
    const scan = startScan();
    const second = { ask: 'second look', tree: 1, copyRoot, suspects: [], listFile } as const;
    expect(await scan.ask(second)).toEqual({ failed: 'Tree 1 has not been looked at.' });
    await scan.ask({ ask: 'first look', tree: 1, source, exclusions: [] });
    expect(await scan.ask(second)).toMatchObject({ secondLook: {} });
    expect(await scan.ask({ ...second, listFile: `${listFile}-2` })).toEqual({
      failed: 'Tree 1 has not been looked at.',
    });
    expect(existsSync(`${listFile}-2.1`)).toBe(false);
  });

  it('remembers nothing of a tree with a problem, and writes no list for it', async () => {
    const { source, copyRoot, listFile } = place();
    const scan = startScan();
    const unknown = await scan.ask({
      ask: 'first look',
      tree: 1,
      source: '/proc/self/fdinfo',
      exclusions: [],
    });
    expect(unknown).toHaveProperty('firstLook.problem');
    expect(JSON.stringify(unknown)).toContain('is not known to keep exact time stamps');
    const missing = await scan.ask({
      ask: 'first look',
      tree: 2,
      source: join(source, 'none'),
      exclusions: [],
    });
    expect(missing).toHaveProperty('failed');
    expect(JSON.stringify(missing)).toContain('ENOENT');
    for (const tree of [1, 2]) {
      await scan.ask({ ask: 'second look', tree, copyRoot, suspects: [], listFile });
    }
    expect(await scan.ask({ ask: 'count', folder: copyRoot })).toEqual({ count: { files: 0, bytes: 0 } });
    expect(existsSync(`${listFile}.1`)).toBe(false);
  });

  it('ends by itself when whoever started it is killed', async () => {
    const { source } = place();
    const parent = spawn(process.execPath, [join(import.meta.dirname, PARENT), source], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => {
      parent.kill('SIGKILL');
    });
    expect(await firstLine(parent)).toBe('looked');
    const scans = scansOf(parent.pid ?? 0);
    expect(scans).toHaveLength(1);
    parent.kill('SIGKILL');
    const until = performance.now() + 10_000;
    while (scans.some(isAlive) && performance.now() < until) {
      await delay(20);
    }
    expect(scans.filter(isAlive)).toEqual([]);
  });
});

const PARENT = '../../../support/home-scan-parent.ts';

async function firstLine({ stdout }: ChildProcess): Promise<string | undefined> {
  if (stdout === null) {
    throw new TypeError('It has an output.');
  }
  for await (const line of createInterface({ input: stdout })) {
    return line;
  }
  return undefined;
}

/** One that has ended and that nobody has asked about is not. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
