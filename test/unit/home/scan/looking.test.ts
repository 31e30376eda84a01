import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  statfsSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FileSystemKind } from '../../../../src/home/scan/file-systems.ts';
import { Looker } from '../../../../src/home/scan/looking.ts';
import { bindMount, mountTmpfs } from '../../../support/mounts.ts';
import { runProgram } from '../../../support/program.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const BOTH: readonly FileSystemKind[] = ['local', 'network'];

function folder(): string {
  const root = realpathSync(temporaryFolder());
  mkdirSync(join(root, 'inner'));
  writeFileSync(join(root, 'inner/file'), 'content');
  symlinkSync('file', join(root, 'inner/link'));
  symlinkSync('nowhere', join(root, 'inner/dangling'));
  return root;
}

/** @returns whether the FIFO was opened by whoever reads: until then its writer waits */
async function opensFifo(kind: FileSystemKind): Promise<boolean> {
  const root = folder();
  const fifo = join(root, 'fifo');
  await runProgram('mkfifo', [fifo]);
  const script = `{ echo opened >"$0" && :; } 2>/dev/null; touch "$0.opened"`;
  const writer = runProgram('sh', ['-c', `trap "" PIPE; ${script}`, fifo]);
  // Once the writer waits, looking is what lets it go on; it may not wait yet at the first looks.
  const looker = new Looker(root);
  const until = performance.now() + (kind === 'network' ? 5_000 : 300);
  while (!existsSync(`${fifo}.opened`) && performance.now() < until) {
    expect(looker.look('fifo', kind)?.isFIFO()).toBe(true);
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
  const wasOpened = existsSync(`${fifo}.opened`);
  // Reads what there is, so that the writer ends in any case.
  await Promise.all([writer, wasOpened ? undefined : runProgram('cat', [fifo])]);
  return wasOpened;
}

describe.each(BOTH)('a look (%s)', (kind) => {
  it('sees files, folders and links as lstat does', () => {
    const root = folder();
    const looker = new Looker(root);
    for (const path of ['inner', 'inner/file', 'inner/link', 'inner/dangling']) {
      const { ino, mtimeNs, ctimeNs, mode } = lstatSync(join(root, path), { bigint: true });
      expect(looker.look(path, kind)).toMatchObject({ ino, mtimeNs, ctimeNs, mode });
    }
    expect(looker.look('', kind)?.ino).toBe(lstatSync(root, { bigint: true }).ino);
  });

  it('finds nothing where there is nothing, or no folder', () => {
    const looker = new Looker(folder());
    for (const path of ['nothing', 'nothing/below', 'inner/file/below', 'inner/dangling/below']) {
      expect(looker.look(path, kind)).toBeUndefined();
    }
  });

  it('takes names of any bytes', () => {
    const root = folder();
    writeFileSync(Buffer.from(`${root}/\xff\n`, 'latin1'), 'four');
    expect(new Looker(root).look('\xff\n', kind)?.size).toBe(4n);
  });

  it('sees a file that may not be read', () => {
    const root = folder();
    chmodSync(root, 0o755);
    writeFileSync(join(root, 'inner/secret'), 'secret', { mode: 0o600 });
    const looker = new Looker(root);
    const uid = process.geteuid?.() ?? 0;
    process.seteuid?.(65_534);
    try {
      expect(looker.look('inner/secret', kind)?.size).toBe(6n);
    } finally {
      process.seteuid?.(uid);
    }
  });

  it('sees a socket and a device, which cannot be opened', async () => {
    const root = folder();
    await runProgram('python3', [
      '-c',
      'import socket,sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])',
      join(root, 'socket'),
    ]);
    // Of a driver that does not exist.
    await runProgram('mknod', [join(root, 'device'), 'c', '240', '0']);
    const looker = new Looker(root);
    expect(looker.look('socket', kind)?.isSocket()).toBe(true);
    expect(looker.look('device', kind)?.isCharacterDevice()).toBe(true);
  });
});

describe('opening what is looked at', () => {
  it('is for a network, where it makes the client ask its server; and nobody waits for a FIFO', async () => {
    expect(await opensFifo('network')).toBe(true);
    expect(await opensFifo('local')).toBe(false);
  });
});

describe('a look at a folder', () => {
  it('tells the kind of its file system, asked once for each device', async () => {
    const root = folder();
    await mountTmpfs(join(root, 'inner'));
    mkdirSync(join(root, 'other'));
    const asked: number[] = [];
    const looker = new Looker(root, (type) => {
      asked.push(type);
      return type === statfsSync(root).type ? 'local' : undefined;
    });
    expect(looker.lookAtFolder('')?.system).toBe('local');
    expect(looker.lookAtFolder('other')?.system).toBe('local');
    expect(looker.lookAtFolder('inner')?.system).toBeUndefined();
    expect(looker.lookAtFolder('inner')?.system).toBeUndefined();
    expect(asked).toHaveLength(2);
  });

  it('finds none in a file or a link', () => {
    const root = folder();
    symlinkSync('inner', join(root, 'to-folder'));
    const looker = new Looker(root);
    expect(
      ['inner/file', 'to-folder', 'nothing', 'inner/file/x'].map((path) => looker.lookAtFolder(path)),
    ).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('looks twice at the first one of a network, and then once with a device that is known', () => {
    const root = folder();
    const looker = new Looker(root, () => 'network');
    const device = looker.lookAtFolder('')?.look.dev;
    expect(looker.looks).toBe(2);
    expect(looker.lookAtFolder('inner', device)?.system).toBe('network');
    expect(looker.looks).toBe(3);
  });

  it('shows one whose place another has taken by a mount', async () => {
    const root = folder();
    mkdirSync(join(root, 'other'));
    const before = new Looker(root).lookAtFolder('inner')?.look;
    await bindMount(join(root, 'other'), join(root, 'inner'));
    const after = new Looker(root).lookAtFolder('inner')?.look;
    expect(after?.dev).toBe(before?.dev);
    expect(after?.ino).not.toBe(before?.ino);
  });
});

describe('the names in a folder', () => {
  it('are bytes, with whether they are folders', () => {
    const root = folder();
    symlinkSync('inner', Buffer.from(`${root}/\xff\n`, 'latin1'));
    const names = [...(new Looker(root).list('') ?? [])].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    expect(names).toEqual([
      { name: 'inner', isFolder: true },
      { name: '\xff\n', isFolder: false },
    ]);
  });

  it('are none of a file, a folder that is gone, or an empty one', () => {
    const root = folder();
    mkdirSync(join(root, 'empty'));
    const looker = new Looker(root);
    expect(['inner/file', 'nothing', 'nothing/below'].map((path) => looker.list(path))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(looker.list('empty')).toEqual([]);
  });

  it('are not timed, but looks are', () => {
    const looker = new Looker(folder());
    expect(looker.latencyMs).toBe(0);
    looker.list('');
    looker.look('inner', 'local');
    looker.look('nothing', 'network');
    expect(looker.looks).toBe(2);
    expect(looker.latencyMs).toBeGreaterThan(0);
  });
});
