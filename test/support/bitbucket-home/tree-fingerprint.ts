/** Everything about a tree that a copy of it must keep, file by file, in a form that compares. */
import { createHash } from 'node:crypto';
import { createReadStream, type BigIntStats } from 'node:fs';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

export interface FingerprintOptions {
  /** Gets the path as it stands in the result; true leaves it out, a folder with all in it. */
  readonly exclude?: (path: string) => boolean;
  /** How exact times are compared: an archive may keep whole seconds only. Default `nanoseconds`. */
  readonly times?: 'nanoseconds' | 'seconds' | 'ignore';
}

/**
 * Path to description. Paths are relative, without a leading slash, one latin1 character for each byte of the name, so
 * that names which are no UTF-8 stay apart; the root itself is `.`. A description holds type, mode, owner, time, and as
 * it applies size, digest, link target, device number and the first name of its hard-link group.
 */
export async function fingerprintTree(
  folder: string,
  options: FingerprintOptions = {},
): Promise<Map<string, string>> {
  const root = Buffer.from(folder);
  const entries = new Map<string, string>();
  const firstNames = new Map<string, string>();
  const pending = ['.'];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (path !== '.' && options.exclude?.(path) === true) {
      continue;
    }
    const full = path === '.' ? root : Buffer.concat([root, Buffer.from(`/${path}`, 'latin1')]);
    const stats = await lstat(full, { bigint: true });
    entries.set(path, await describe(full, stats, hardLinkGroup(path, stats, firstNames), options));
    if (stats.isDirectory()) {
      const names = await readdir(full, { encoding: 'buffer' });
      const children = names.map((name) => name.toString('latin1')).sort((a, b) => (a < b ? 1 : -1));
      // The smallest name last, hence taken first: groups are named alike in every copy.
      pending.push(...children.map((name) => (path === '.' ? name : `${path}/${name}`)));
    }
  }
  return entries;
}

function hardLinkGroup(
  path: string,
  stats: BigIntStats,
  firstNames: Map<string, string>,
): string | undefined {
  if (stats.nlink < 2n || stats.isDirectory()) {
    return undefined;
  }
  const inode = `${stats.dev}:${stats.ino}`;
  const first = firstNames.get(inode) ?? path;
  firstNames.set(inode, first);
  return first;
}

async function describe(
  full: Buffer,
  stats: BigIntStats,
  group: string | undefined,
  { times = 'nanoseconds' }: FingerprintOptions,
): Promise<string> {
  const description = [
    `mode ${stats.mode.toString(8)}`,
    `owner ${stats.uid}:${stats.gid}`,
    ...timeOf(stats, times),
    ...(group === undefined ? [] : [`linked ${group}`]),
  ];
  if (stats.isFile()) {
    return `file size ${stats.size} ${description.join(' ')} sha256 ${await digestOf(full, stats.size)}`;
  }
  if (stats.isSymbolicLink()) {
    const target = await readlink(full, { encoding: 'buffer' });
    return `symlink ${description.join(' ')} target ${target.toString('latin1')}`;
  }
  if (stats.isDirectory()) {
    return `folder ${description.join(' ')}`;
  }
  // The mode tells a FIFO from a socket from a device.
  return `special ${description.join(' ')} device ${stats.rdev}`;
}

function timeOf(stats: BigIntStats, times: NonNullable<FingerprintOptions['times']>): string[] {
  switch (times) {
    case 'nanoseconds':
      return [`time ${stats.mtimeNs}`];
    case 'seconds':
      return [`time ${stats.mtimeNs / 1_000_000_000n}`];
    case 'ignore':
      return [];
  }
}

/** Larger files are read in pieces. */
const WHOLE_BYTES = 4n * 1024n * 1024n;

async function digestOf(full: Buffer, size: bigint): Promise<string> {
  const hash = createHash('sha256');
  if (size <= WHOLE_BYTES) {
    hash.update(await readFile(full));
  } else {
    await pipeline(createReadStream(full), hash);
  }
  return hash.digest('hex');
}
