import { lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  allRefs,
  type BitbucketHome,
  EXCLUDED,
  findRepositories,
  fingerprintTree,
  gitFsck,
  LOOKALIKES,
  makeBitbucketHome,
  startPusher,
} from '../../support/bitbucket-home.ts';
import { programText, runProgram } from '../../support/program.ts';

/** Only root can give files away. */
const IS_ROOT = process.getuid?.() === 0;

let folder = '';
let home: BitbucketHome;
let seconds = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'home-'));
  const started = performance.now();
  home = await makeBitbucketHome({
    root: join(folder, 'home'),
    repositories: 6,
    dataStores: [join(folder, 'store-1')],
    packBytesPerRepository: 100_000,
    bulkFiles: { count: 20, bytes: 1_000 },
  });
  seconds = (performance.now() - started) / 1_000;
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function copyOf(name: string): Promise<string> {
  const target = join(folder, name);
  await runProgram('cp', ['-a', home.root, target]);
  return target;
}

describe('the repositories', () => {
  it('are whole, and spread over home and store', async () => {
    expect(await findRepositories(home)).toEqual(home.repositories);
    expect(home.repositories.map(({ store }) => store)).toEqual(
      [1, 2, 3, 4, 5, 6].map((id) => (id % 2 === 1 ? undefined : join(folder, 'store-1'))),
    );
    await Promise.all(home.repositories.map(async ({ path }) => await gitFsck(path)));
    expect(home.repositories[1]?.path).toMatch(/store-1\/repositories\/[0-9a-f]{2}\/[0-9a-f]{2}\/2$/);
  });

  it('have packs and loose objects, packed and loose refs, reflogs and a fork', async () => {
    const path = home.repositories[0]?.path ?? '';
    const counts = await programText('git', ['-C', path, 'count-objects', '-v']);
    expect(counts).toMatch(/^count: [1-9]/m);
    expect(counts).toMatch(/^packs: 1$/m);
    expect(await readFile(join(path, 'packed-refs'), 'utf8')).toContain('refs/tags/v1.0');
    expect((await stat(join(path, 'refs', 'heads', 'main'))).isFile()).toBe(true);
    expect((await stat(join(path, 'logs', 'refs', 'heads', 'main'))).size).toBeGreaterThan(0);
    const fork = home.repositories[2]?.path ?? '';
    expect(await readFile(join(fork, 'objects', 'info', 'alternates'), 'utf8')).toBe('../../1/objects\n');
    expect(Number(await programText('git', ['-C', fork, 'rev-list', '--count', 'main']))).toBe(22);
  });

  it('show damage to gitFsck', async () => {
    const copy = join(folder, 'damaged');
    await runProgram('cp', ['-a', home.repositories[0]?.path ?? '', copy]);
    const sha = await programText('git', ['-C', copy, 'rev-parse', 'main']);
    await rm(join(copy, 'objects', sha.slice(0, 2), sha.slice(2)));
    await expect(gitFsck(copy)).rejects.toThrow(sha);
  });

  it('show a mere warning to gitFsck, with which git is content', async () => {
    const copy = join(folder, 'warned');
    await runProgram('cp', ['-a', home.repositories[0]?.path ?? '', copy]);
    const sha = await programText('git', ['-C', copy, 'rev-parse', 'main']);
    const tag = await programText(
      'git',
      ['-C', copy, 'hash-object', '-t', 'tag', '-w', '--literally', '--stdin'],
      {
        input: `object ${sha}\ntype commit\ntag without-tagger\n\nold\n`,
      },
    );
    await programText('git', ['-C', copy, 'update-ref', 'refs/tags/without-tagger', tag]);
    await runProgram('git', ['-C', copy, 'fsck', '--strict']);
    await expect(gitFsck(copy)).rejects.toThrow(/missingTaggerEntry/);
  });

  it('differ in their refs, which are read from disk', async () => {
    const refs = await allRefs(home);
    expect(Object.keys(refs)).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(refs['1']).toMatchObject({ HEAD: 'refs/heads/main', 'refs/heads/feature/ünïcode': /./ });
  });
});

describe('the tree', () => {
  it('is made quickly', () => {
    // Under 1 s on an idle machine; the limit leaves room for busy ones.
    expect(seconds).toBeLessThan(10);
  });

  it('has what is left out, and what only looks like it', async () => {
    const tree = await fingerprintTree(home.root);
    for (const path of [...EXCLUDED, ...LOOKALIKES, 'shared/bitbucket.properties']) {
      expect(tree.get(path)).toMatch(/^file /);
    }
    expect(tree.get('shared/data/attachments/odd/fifo')).toMatch(/^special mode 10640 /);
    expect(tree.get('shared/data/attachments/odd/socket')).toMatch(/^special mode 14/);
    expect(tree.get('shared/data/attachments/odd/names/f\u00ff\u00fe\u0080.')).toMatch(/^file /);
    expect(tree.get('shared/data/attachments/odd/modes/setgid')).toMatch(/^folder mode 42775 /);
    expect(String(tree.get('shared/data/attachments/odd/modes/foreign/file'))).toMatch(
      IS_ROOT ? /owner 12345:12345/ : /^undefined$/,
    );
    expect(tree.get('shared/data/attachments/odd/links/target')).toMatch(
      /linked \S+links\/elsewhere\/hard-link /,
    );
    const sparse = await lstat(join(home.root, 'shared/data/attachments/odd/sparse.bin'));
    expect(sparse.blocks * 512).toBeLessThan(sparse.size / 4);
    expect(home.hasAcl).toBe(true);
  });

  it('can do without special and odd files', async () => {
    const plain = await makeBitbucketHome({ root: join(folder, 'p1'), repositories: 1, specialFiles: false });
    expect(await readdir(join(plain.root, 'shared/data/attachments/odd'))).not.toContain('fifo');
    const none = await makeBitbucketHome({ root: join(folder, 'p2'), repositories: 0, oddFiles: false });
    expect(await readdir(join(none.root, 'shared/data/attachments'))).not.toContain('odd');
  });
});

describe('fingerprintTree', () => {
  it('is equal for an exact copy', async () => {
    expect(await fingerprintTree(await copyOf('exact'))).toEqual(await fingerprintTree(home.root));
  });

  it.each([
    {
      change: 'content',
      how: 't=$(stat -c %y a); printf X | dd of=a conv=notrunc status=none; touch -d "$t" a',
    },
    { change: 'mode', how: 'chmod u+s a' },
    ...(IS_ROOT
      ? [
          { change: 'owner', how: 'chown 1 a' },
          { change: 'group', how: 'chgrp 1 a' },
        ]
      : []),
    { change: 'time', how: 'touch -d "$(stat -c %y a | cut -c 1-26)001" a' },
    { change: 'hard link', how: 'cp -p c new; mv new c', differs: ['b', 'c'] },
    { change: 'type', how: 'rm a; mkdir a' },
    { change: 'symbolic link', how: 'ln -sfn target2 link; touch -hd @1 link', differs: ['link'] },
    { change: 'lost file', how: 'rm a' },
    { change: 'new file', how: 'touch new', differs: ['new'] },
  ])('tells of another $change', async ({ change, how, differs = ['a'] }) => {
    const small = join(folder, `small-${change}`);
    await mkdir(small);
    const make =
      'echo content > a; touch -d @1.5 a; echo content > b; ln b c; ln -s target1 link; touch -hd @1 link';
    await runProgram('sh', ['-ec', make], { cwd: small });
    const before = await fingerprintTree(small);
    await runProgram('sh', ['-ec', how], { cwd: small });
    const after = await fingerprintTree(small);
    const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
    expect(paths.filter((path) => path !== '.' && before.get(path) !== after.get(path))).toEqual(differs);
  });

  it('leaves out what it is told, and can ignore times', async () => {
    const without = await fingerprintTree(home.root, {
      exclude: (path) => path === 'shared',
      times: 'ignore',
    });
    expect([...without.keys()].filter((path) => path.startsWith('shared'))).toEqual([]);
    expect(without.get('bin')).toMatch(/^folder mode 40755 owner \d+:\d+$/);
    const coarse = await fingerprintTree(join(home.root, 'shared/data/attachments/odd/modes'), {
      times: 'seconds',
    });
    expect(coarse.get('empty')).toMatch(/time 1$/);
    expect(coarse.get('old')).toContain('time 1000000000 ');
  });
});

describe('the pusher', () => {
  it('pushes while it is admitted, waits while it is not, and loses nothing', async () => {
    let locked = false;
    let running = 0;
    const pusher = startPusher({
      home,
      intervalMs: 5,
      admit: async (push) => {
        if (locked) {
          throw new Error('503 Bitbucket is locked');
        }
        running += 1;
        try {
          return await push();
        } finally {
          running -= 1;
        }
      },
    });
    await pusher.reached(8);
    locked = true;
    await expect.poll(() => running).toBe(0);
    const drained = pusher.accepted.length;
    const refs = await allRefs(home);
    await sleep(200);
    expect(pusher.accepted).toHaveLength(drained);
    expect(pusher.refused).toBeGreaterThan(0);
    expect(await allRefs(home)).toEqual(refs);
    const last = new Map(pusher.accepted.map((push) => [`${push.repository} ${push.ref}`, push]));
    for (const { repository, ref, sha } of last.values()) {
      expect(refs[repository]?.[ref]).toBe(sha);
    }
    locked = false;
    await pusher.reached(drained + 2);
    const { pushes } = await pusher.stop();
    expect(pushes).toBe(pusher.accepted.length);
    await Promise.all(home.repositories.map(async ({ path }) => await gitFsck(path)));
  });

  it('tells of a push that Bitbucket let in and git refused', async () => {
    const root = join(folder, 'refusing');
    const refusing = await makeBitbucketHome({ root, repositories: 1, oddFiles: false });
    await writeFile(join(refusing.repositories[0]?.path ?? '', 'hooks/pre-receive'), '#!/bin/sh\nexit 1\n');
    const pusher = startPusher({ home: refusing, intervalMs: 5, admit: async (push) => await push() });
    await expect(pusher.reached(1)).rejects.toThrow(/pre-receive hook declined/);
    await expect(pusher.stop()).rejects.toThrow(/pre-receive hook declined/);
  });
});
