/** Bare git repositories as Bitbucket keeps them: packs, loose objects, packed and loose refs, reflogs, a fork. */
import { randomFillSync } from 'node:crypto';
import { appendFile, chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git } from './git.ts';

export interface TestRepository {
  readonly id: number;
  /** The bare repository's folder. */
  readonly path: string;
  /** Root of the data store that holds it; undefined for the home. */
  readonly store: string | undefined;
}

export interface RepositoryContent {
  readonly commits: number;
  /** Bytes of incompressible files, which end up in the pack. */
  readonly bytes: number;
  /** Shares the objects of this one, as a fork does. */
  readonly forkOf?: TestRepository;
}

export async function makeRepository(repository: TestRepository, content: RepositoryContent): Promise<void> {
  const { id, path } = repository;
  await mkdir(path, { recursive: true });
  // No template: Bitbucket's repositories have hooks of their own and no samples.
  await git(path, ['init', '--quiet', '--bare', '--template=']);
  await appendFile(join(path, 'config'), BITBUCKET_CONFIG);
  await writeSurroundings(repository);
  if (content.forkOf === undefined) {
    // Unpack limit 1: these objects go into a pack, uncompressed where that would only cost time. The packed refs are
    // of the same age.
    await fastImport(
      path,
      { unpackLimit: 1, compression: content.bytes > 0 ? 0 : 1 },
      historyOf(id, content),
    );
    await git(path, ['pack-refs', '--all']);
  } else {
    await borrow(path, content.forkOf);
  }
  await fastImport(path, { unpackLimit: 1_000_000, compression: 1 }, recentWorkOf(id, content.commits));
}

/** Bitbucket collects garbage itself; git must not start on its own behind a push. */
const BITBUCKET_CONFIG = `	logAllRefUpdates = true
	compression = 1
[gc]
	auto = 0
	pruneExpire = never
[receive]
	autogc = false
	fsckObjects = false
[pack]
	threads = 1
`;

async function writeSurroundings({ id, path }: TestRepository): Promise<void> {
  for (const folder of ['hooks/pre-receive.d', 'app-info/pull-requests', 'objects/info', 'info']) {
    await mkdir(join(path, folder), { recursive: true });
  }
  await writeFile(
    join(path, 'repository-config'),
    `[bitbucket]\n\thierarchy = ${String(id).padStart(20, '0')}\n\tproject = PRJ1\n\trepository = repo-${id}\n`,
  );
  await writeFile(join(path, 'app-info', 'pull-requests', 'cache'), `cache of repository ${id}\n`);
  for (const hook of ['hooks/pre-receive', 'hooks/pre-receive.d/20_bitbucket_callback']) {
    await writeFile(join(path, hook), '#!/bin/sh\nexit 0\n');
    await chmod(join(path, hook), 0o755);
  }
}

/** An alternate by relative path, so that a copy of the whole tree is whole. */
async function borrow(path: string, parent: TestRepository): Promise<void> {
  await writeFile(join(path, 'objects', 'info', 'alternates'), `../../${parent.id}/objects\n`);
  const main = await git(parent.path, ['rev-parse', 'refs/heads/main']);
  await git(path, ['update-ref', 'refs/heads/main', main]);
}

async function fastImport(
  path: string,
  { unpackLimit, compression }: { unpackLimit: number; compression: number },
  stream: Iterable<string | Buffer>,
): Promise<void> {
  await git(
    path,
    [
      '-c',
      `fastimport.unpackLimit=${unpackLimit}`,
      '-c',
      `core.compression=${compression}`,
      'fast-import',
      '--quiet',
    ],
    stream,
  );
}

/** 2024-01-01, in seconds. The same arguments give the same commits. */
const FIRST_COMMIT = 1_704_067_200;

function* historyOf(id: number, { commits, bytes }: RepositoryContent): Generator<string | Buffer> {
  yield* bulkBlobs(bytes);
  for (let number = 1; number <= commits; number += 1) {
    yield commit('refs/heads/main', `Repository ${id}, commit ${number}`, FIRST_COMMIT + 60 * number);
    yield file(`src/file-${number % 12}.txt`, textOf(id, number));
    if (number === 1) {
      yield file('README.md', `# Repository ${id}\n`);
      for (let blob = 1; blob <= blobCount(bytes); blob += 1) {
        yield `M 100644 :${blob} bulk/${blob}.bin\n`;
      }
    }
    yield '\n';
  }
  // Names like those of folders that a backup leaves out at the home's root only.
  for (const branch of ['feature/ünïcode', 'tmp/caches', 'log/export', 'release/1.0']) {
    yield `reset refs/heads/${branch}\nfrom refs/heads/main\n\n`;
  }
  yield `tag v1.0\nfrom refs/heads/main\ntagger Test <test@example.com> ${FIRST_COMMIT} +0000\n${data(`Version 1.0 of ${id}`)}`;
}

/** Work since the last repack: loose objects and loose refs. */
function* recentWorkOf(id: number, commits: number): Generator<string> {
  const now = FIRST_COMMIT + 60 * (commits + 1);
  yield commit('refs/heads/main', `Recent work in ${id}`, now, 'refs/heads/main^0');
  yield file('recent.txt', textOf(id, commits + 1));
  yield '\n';
  yield commit('refs/pull-requests/1/from', `Pull request in ${id}`, now + 60, 'refs/heads/main');
  yield file('proposal.txt', textOf(id, commits + 2));
  yield '\n';
}

/** Bytes in one bulk file of a repository. */
const BLOB_BYTES = 1024 * 1024;

function blobCount(bytes: number): number {
  return Math.ceil(bytes / BLOB_BYTES);
}

function* bulkBlobs(bytes: number): Generator<string | Buffer> {
  for (let blob = 1; blob <= blobCount(bytes); blob += 1) {
    const size = Math.min(BLOB_BYTES, bytes - (blob - 1) * BLOB_BYTES);
    yield `blob\nmark :${blob}\ndata ${size}\n`;
    yield randomFillSync(Buffer.allocUnsafe(size));
    yield '\n';
  }
}

function commit(ref: string, message: string, seconds: number, from?: string): string {
  const parent = from === undefined ? '' : `from ${from}\n`;
  return `commit ${ref}\ncommitter Test <test@example.com> ${seconds} +0000\n${data(message)}${parent}`;
}

function file(path: string, content: string): string {
  return `M 100644 inline ${path}\n${data(content)}`;
}

function data(content: string): string {
  return `data ${Buffer.byteLength(content)}\n${content}\n`;
}

function textOf(id: number, number: number): string {
  return Array.from(
    { length: 40 },
    (_, line) => `${id}.${number}.${line} ${(id * number * line * 7919) % 104_729}`,
  ).join('\n');
}
