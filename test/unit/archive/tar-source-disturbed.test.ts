import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Compression } from '../../../src/archive/names.ts';
import type { RestoreSource } from '../../../src/archive/restore-source.ts';
import { CommandError } from '../../../src/host/command-error.ts';
import { liveGroups } from '../../../src/host/process-groups.ts';
import {
  compressed,
  folderOf,
  HOME,
  layWithChecksum,
  never,
  openSource,
} from '../../support/archive-source.ts';
import { craftTar } from '../../support/crafted-archives.ts';
import { failureOf } from '../../support/failure.ts';
import { makeDisk } from '../../support/frozen-disk.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const EACH_WAY = (['zstd', 'gzip', 'none'] as const).flatMap((compression) =>
  (['program', "Node's own"] as const).map((way) => [compression, way] as const),
);

let folder: string;
let into: string;

beforeEach(() => {
  folder = temporaryFolder();
  into = join(folder, 'unpacked');
  mkdirSync(into);
});

afterEach(() => {
  vi.unstubAllEnvs();
  expect(liveGroups()).toEqual([]);
});

function lay(bytes: Buffer): string {
  const path = join(folder, 'x.tar');
  writeFileSync(path, bytes);
  return path;
}

async function unpackAll(source: RestoreSource, signal: AbortSignal = never): Promise<void> {
  const contents = await source.verify([HOME], never);
  await source.unpack([...contents.counts.keys()], into, { contents, signal });
}

async function layLarge(compression: Compression): Promise<string> {
  const content = Buffer.alloc(16 * 1024 ** 2, 'content');
  return lay(await compressed(craftTar([{ name: 'bitbucket-home/large', content }]), compression));
}

/** Of so many members that even a plain one, in which tar leaps over what it does not unpack, takes its time. */
async function layLong(compression: Compression): Promise<string> {
  const members = Array.from({ length: 20_000 }, (_, index) => ({ name: `bitbucket-home/${index}` }));
  const path = lay(await compressed(craftTar(members), compression));
  await layWithChecksum(path, readFileSync(path));
  return path;
}

/** Holds a child of ours still that runs this program: it has just begun. */
function hold(program: string): number {
  const begun = performance.now();
  const pid = liveGroups().find((id) => readFileSync(`/proc/${id}/comm`, 'utf8') === `${program}\n`);
  if (pid === undefined) {
    throw new Error(`No ${program} runs.`);
  }
  process.kill(pid, 'SIGSTOP');
  // Of two signals that wait, the one with the lower number would be taken first.
  while (!/^State:\tT/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))) {
    expect(performance.now() - begun).toBeLessThan(10_000);
  }
  return pid;
}

describe.each(EACH_WAY)('disturbed: %s by %s', (compression, way) => {
  const byItself = (): void => {
    if (way === "Node's own") {
      vi.stubEnv('PATH', folderOf(['tar'], folder));
    }
  };

  test('unpacking that is stopped ends with the reason, when no child is left', async () => {
    const path = await layLarge(compression);
    byItself();
    const { source } = await openSource(path);
    const contents = await source.verify([HOME], never);
    const stop = new AbortController();
    const reason = new Error('stop');
    const unpacking = outcomeOf(source.unpack(['bitbucket-home'], into, { contents, signal: stop.signal }));
    const tar = hold('tar');
    stop.abort(reason);
    expect(await Promise.race([unpacking, delay(100, 'goes on')])).toBe('goes on');
    process.kill(tar, 'SIGCONT');
    expect(await unpacking).toBe(reason);
    expect(liveGroups()).toEqual([]);
  });

  test('checking that is stopped ends with the reason, when no child is left', async () => {
    // Hashed besides, which stops at once.
    const path = await layLong(compression);
    byItself();
    const { source } = await openSource(path);
    const stop = new AbortController();
    const reason = new Error('stop');
    const verifying = outcomeOf(source.verify([HOME], stop.signal));
    const tar = hold('tar');
    stop.abort(reason);
    expect(await Promise.race([verifying, delay(100, 'goes on')])).toBe('goes on');
    process.kill(tar, 'SIGCONT');
    expect(await verifying).toBe(reason);
    expect(liveGroups()).toEqual([]);
    await expect(source.verify([HOME], AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  test('a wrong checksum is told when no child is left', async () => {
    const path = await layLong(compression);
    writeFileSync(`${path}.sha256`, `${'0'.repeat(64)}  x.tar\n`);
    byItself();
    const { source } = await openSource(path);
    const verifying = failureOf(source.verify([HOME], never));
    const tar = hold('tar');
    await delay(300);
    process.kill(tar, 'SIGCONT');
    expect((await verifying).message).toContain('has the SHA-256');
    expect(liveGroups()).toEqual([]);
  });

  test('a tar that is killed is told as such', async () => {
    const path = await layLarge(compression);
    byItself();
    const { source } = await openSource(path);
    const contents = await source.verify([HOME], never);
    const unpacking = failureOf(source.unpack(['bitbucket-home'], into, { contents, signal: never }));
    process.kill(hold('tar'), 'SIGKILL');
    const error = await unpacking;
    expect(error.code).toBe('CHILD_KILLED');
    expect(error.message).toContain('tar was killed by SIGKILL (out of memory?)');
  });

  test('a disk that gets full is told as such', async () => {
    const path = await layLarge(compression);
    const disk = await makeDisk(12 * 1024 ** 2);
    onTestFinished(async () => {
      vi.unstubAllEnvs();
      await disk.close();
    });
    into = disk.path;
    byItself();
    const { source } = await openSource(path);
    const error = await failureOf(unpackAll(source));
    expect([error.code, error.cause]).toEqual(['DISK_FULL', expect.any(CommandError)]);
  });
});

test('a decompressor that is killed is told as such', async () => {
  const { source } = await openSource(await layLarge('zstd'));
  const contents = await source.verify([HOME], never);
  const unpacking = failureOf(source.unpack(['bitbucket-home'], into, { contents, signal: never }));
  process.kill(hold('zstd'), 'SIGKILL');
  const error = await unpacking;
  expect(error.code).toBe('CHILD_KILLED');
  expect(error.message).toContain('zstd was killed by SIGKILL');
});

async function outcomeOf(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => 'done',
    (error: unknown) => error,
  );
}
