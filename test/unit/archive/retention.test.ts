import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { completeArchives, removeOldest } from '../../../src/archive/retention.ts';
import { createMemoryLog, type MemoryLog } from '../../support/memory-log.ts';
import { runProgram } from '../../support/program.ts';

let archiveRoot: string;
let memory: MemoryLog;

beforeEach(async () => {
  archiveRoot = await mkdtemp(join(tmpdir(), 'retention-'));
  memory = createMemoryLog();
});
afterEach(async () => {
  await rm(archiveRoot, { recursive: true, force: true });
});

const name = (day: number): string => `bitbucket-202611${String(day).padStart(2, '0')}-021305-007.tar.zst`;

async function lay(...names: readonly string[]): Promise<void> {
  for (const one of names) {
    await writeFile(join(archiveRoot, one), one);
  }
}

async function layComplete(...days: readonly number[]): Promise<void> {
  await lay(...days.flatMap((day) => [name(day), `${name(day)}.sha256`]));
}

async function remove(keep: number, justMade?: string): Promise<readonly string[]> {
  return await removeOldest({ archiveRoot, instanceName: 'bitbucket', keep, justMade, log: memory.log });
}

async function left(): Promise<readonly string[]> {
  return (await readdir(archiveRoot)).toSorted((a, b) => a.localeCompare(b));
}

describe('keep-backups', () => {
  it('removes the oldest with their checksums', async () => {
    await layComplete(3, 1, 2, 4);
    expect(await remove(2)).toEqual([name(2), name(1)]);
    expect(await left()).toEqual([3, 4].flatMap((day) => [name(day), `${name(day)}.sha256`]));
  });

  it('keeps all with 0, and all when there are not more', async () => {
    await layComplete(1, 2);
    expect(await remove(0)).toEqual([]);
    expect(await remove(2)).toEqual([]);
    expect(await left()).toHaveLength(4);
  });

  it('goes by the name, not by the time of the file', async () => {
    await layComplete(2);
    await layComplete(1);
    expect(await remove(1)).toEqual([name(1)]);
  });

  it('never removes the one just made, though a clock that was put back makes it the oldest', async () => {
    await layComplete(1, 2, 3);
    expect(await remove(1, name(1))).toEqual([name(2)]);
    expect(await left()).toEqual([1, 3].flatMap((day) => [name(day), `${name(day)}.sha256`]));
  });

  it('neither counts nor touches what is no complete archive of this instance', async () => {
    await layComplete(5, 6);
    const others = [
      'bitbucket-mesh-20261101-021305-007.tar.zst',
      'bitbucket-mesh-20261101-021305-007.tar.zst.sha256',
      `.${name(1)}.partial-0123456789abcdef`,
      'bitbucket-20261101.tar.gz',
      'notes.txt',
      // No checksum, and a checksum alone.
      name(2),
      `${name(3)}.sha256`,
    ];
    await lay(...others);
    await mkdir(join(archiveRoot, name(4)));
    await lay(`${name(4)}.sha256`);
    await symlink(name(5), join(archiveRoot, name(7)));
    await lay(`${name(7)}.sha256`);
    expect((await completeArchives(archiveRoot, 'bitbucket')).map((one) => one.name)).toEqual([
      name(6),
      name(5),
    ]);
    expect(await remove(1)).toEqual([name(5)]);
    expect(await left()).toEqual(expect.arrayContaining([...others, name(4), name(6), name(7)]));
  });

  it('warns of what it cannot remove, and goes on with the others', async () => {
    await layComplete(1, 2, 3);
    await runProgram('chattr', ['+i', join(archiveRoot, name(2))]);
    try {
      expect(await remove(1)).toEqual([name(1)]);
      expect(memory.log.warnings).toEqual([
        expect.stringContaining(`${name(2)} could not be removed: EPERM`),
      ]);
      expect(await left()).toEqual([2, 3].flatMap((day) => [name(day), `${name(day)}.sha256`]));
    } finally {
      await runProgram('chattr', ['-i', join(archiveRoot, name(2))]);
    }
  });

  it('finds nothing in a folder that does not exist yet', async () => {
    expect(await completeArchives(join(archiveRoot, 'none'), 'bitbucket')).toEqual([]);
  });
});
