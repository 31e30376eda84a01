/** An archive that somebody has tampered with: unpacked, changed, packed again, with a checksum that fits. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { runProgram } from './program.ts';
import { sha256Of, unpackArchive } from './restore-by-hand.ts';

export interface Tampering {
  /** Of the result; the original's by default. */
  readonly name?: string;
  /** Changes the tree before it is packed. */
  readonly change?: (folder: string) => Promise<void>;
  /** Given to tar before the members, such as `--transform`. */
  readonly tarOptions?: readonly string[];
  readonly members?: readonly string[];
}

/** @returns the path of the new archive, in a new folder below `into` */
export async function repack(archive: string, into: string, tampering: Tampering = {}): Promise<string> {
  const tree = join(into, 'tree');
  await unpackArchive(archive, tree);
  await tampering.change?.(tree);
  const folder = join(into, 'repacked');
  await mkdir(folder, { recursive: true });
  const path = join(folder, tampering.name ?? basename(archive));
  const members = tampering.members ?? ['manifest.json', 'bitbucket-db', 'bitbucket-home'];
  await runProgram('tar', [
    '--create',
    '--zstd',
    '--acls',
    '--xattrs',
    '--sparse',
    '--absolute-names',
    ...(tampering.tarOptions ?? []),
    '--file',
    path,
    '--directory',
    tree,
    '--',
    ...members,
  ]);
  await writeChecksum(path);
  await rm(tree, { recursive: true, force: true });
  return path;
}

export async function writeChecksum(path: string): Promise<void> {
  await writeFile(`${path}.sha256`, `${await sha256Of(path)}  ${basename(path)}\n`);
}

/** Changes a value of the manifest in an unpacked tree. */
export async function changeManifest(
  folder: string,
  change: (manifest: Record<string, unknown>) => void,
): Promise<void> {
  const path = join(folder, 'manifest.json');
  const manifest: unknown = JSON.parse(await readFile(path, 'utf8'));
  if (typeof manifest !== 'object' || manifest === null) {
    throw new TypeError('The manifest is no object.');
  }
  const fields = Object.fromEntries<unknown>(Object.entries(manifest));
  change(fields);
  await writeFile(path, JSON.stringify(fields));
}
