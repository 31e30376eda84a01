/**
 * The files of a bare repository as Bitbucket keeps it, by number, size and place: most are loose objects, most bytes are
 * in packs. No git could read them, and no contender of the benchmark asks git.
 */
import { createHash, randomFillSync } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const BRANCHES = 12;
const PULL_REQUESTS = 10;
const PACKS = 3;
const PACK_BYTES = 2_400_000;
const INDEX_BYTES = 60_000;
/** Loose objects have this at least, and as much again and more at random; 3,000 on average, as measured in real homes. */
const OBJECT_BYTES = 200;
const OBJECT_SPREAD = 5_600;
const ATTACHMENTS = 6;
const ATTACHMENT_BYTES = 60_000;

/** git compresses all of it, so it is random; of 32 MiB, so that what compresses the archive finds no repetition. */
const POOL = randomFillSync(Buffer.allocUnsafe(32 * 1024 * 1024));

export interface RepositoryPlace {
  /** `shared/data` of the home. */
  readonly data: string;
  readonly id: number;
}

export function repositoryFolder({ data, id }: RepositoryPlace): string {
  return join(data, 'repositories', String(id));
}

/** @param files how many are made, of all kinds. @returns their bytes */
export function writeRepository(place: RepositoryPlace, files: number): number {
  const folder = repositoryFolder(place);
  let bytes = 0;
  let written = 0;
  const write = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    bytes += content.length;
    written += 1;
  };
  for (const [name, content] of administrativeFiles(place.id)) {
    write(join(folder, name), content);
  }
  for (let number = 0; number < PACKS; number += 1) {
    const [pack, index] = packFiles(`pack ${place.id} ${number}`);
    write(join(folder, pack.path), pack.content);
    write(join(folder, index.path), index.content);
  }
  for (let number = 0; number < ATTACHMENTS; number += 1) {
    const { path, content } = attachment(place, `attachment ${place.id} ${number}`);
    write(path, content);
  }
  const fanOut = new Set<string>();
  for (let number = 0; written < files; number += 1) {
    const { path, content } = looseObject(`object ${place.id} ${number}`);
    const full = join(folder, path);
    const inner = dirname(full);
    if (!fanOut.has(inner)) {
      mkdirSync(inner, { recursive: true });
      fanOut.add(inner);
    }
    writeFileSync(full, content, { mode: 0o444 });
    bytes += content.length;
    written += 1;
  }
  return bytes;
}

export interface NamedContent {
  readonly path: string;
  readonly content: Uint8Array;
}

/** @param seed gives name, size and content */
export function looseObject(seed: string): NamedContent {
  const digest = createHash('sha1').update(seed).digest();
  const name = digest.toString('hex');
  const size = OBJECT_BYTES + (digest.readUInt16BE(0) % OBJECT_SPREAD);
  return { path: join('objects', name.slice(0, 2), name.slice(2)), content: slice(digest, size) };
}

export function packFiles(seed: string, size = PACK_BYTES): readonly [NamedContent, NamedContent] {
  const digest = createHash('sha1').update(seed).digest();
  const name = join('objects', 'pack', `pack-${digest.toString('hex')}`);
  return [
    { path: `${name}.pack`, content: slice(digest, size) },
    { path: `${name}.idx`, content: slice(digest, Math.min(INDEX_BYTES, size)) },
  ];
}

/** Its path is absolute: attachments lie beside the repositories. */
export function attachment({ data, id }: RepositoryPlace, seed: string): NamedContent {
  const digest = createHash('sha1').update(seed).digest();
  const name = digest.toString('hex');
  return {
    path: join(data, 'attachments', 'repository', String(id), name.slice(0, 2), name.slice(2)),
    content: slice(digest, ATTACHMENT_BYTES),
  };
}

/** As git and Java write what others may be reading: under another name first. */
export function writeAside(path: string, temporary: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(temporary, content);
  renameSync(temporary, path);
}

function slice(digest: Buffer, size: number): Uint8Array {
  const start = digest.readUInt32BE(4) % (POOL.length - size);
  return POOL.subarray(start, start + size);
}

function* administrativeFiles(id: number): Generator<readonly [string, string]> {
  const sha = createHash('sha1').update(String(id)).digest('hex');
  yield ['HEAD', 'ref: refs/heads/branch-0\n'];
  yield ['config', '[core]\n\tbare = true\n\tlogAllRefUpdates = true\n[gc]\n\tauto = 0\n'];
  yield ['repository-config', `[bitbucket]\n\tproject = PRJ1\n\trepository = repo-${id}\n`];
  yield ['packed-refs', `# pack-refs with: peeled fully-peeled sorted\n${sha} refs/heads/old\n`.repeat(20)];
  yield ['info/exclude', '# nothing\n'];
  yield ['objects/info/packs', `P pack-${sha}.pack\n`];
  for (const hook of ['pre-receive', 'post-receive']) {
    yield [`hooks/${hook}`, '#!/bin/sh\nexit 0\n'];
    yield [`hooks/${hook}.d/20_bitbucket_callback`, '#!/bin/sh\nexit 0\n'];
  }
  for (let branch = 0; branch < BRANCHES; branch += 1) {
    yield [`refs/heads/branch-${branch}`, `${sha}\n`];
    yield [
      `logs/refs/heads/branch-${branch}`,
      `${sha} ${sha} User <user@example.com> 1700000000 +0000\tpush\n`,
    ];
  }
  for (let number = 1; number <= PULL_REQUESTS; number += 1) {
    yield [`refs/pull-requests/${number}/from`, `${sha}\n`];
  }
}
