/**
 * Unpacks with one tar, or with several at once. Of several, each but the first one unpacks some folders; the first one
 * unpacks everything but those. So nothing is left out, however the folders are chosen.
 */
import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { CommandRunner } from '../host/command.ts';
import type { Log } from '../host/log.ts';
import { sideBySide } from '../host/side-by-side.ts';
import type { Contents } from './member-check.ts';
import type { OpenedArchive } from './opened-archive.ts';
import { readTar } from './tar-reading.ts';
import { splitFolders, worthwhileParts } from './unpack-split.ts';

export interface TarUnpacking {
  /** Top-level names. */
  readonly members: readonly string[];
  /** Holds none of them yet. */
  readonly folder: string;
  readonly contents: Contents;
  /** Programs at once; by default as many as are worth it. */
  readonly parts?: number;
}

export interface TarPrograms {
  readonly commands: CommandRunner;
  readonly log: Log;
  readonly tar: string;
}

/** @throws as `readTar` */
export async function unpackTar(
  { commands, log, tar }: TarPrograms,
  archive: OpenedArchive,
  unpacking: TarUnpacking,
  signal: AbortSignal,
): Promise<void> {
  const { members, folder, contents } = unpacking;
  const { prefix } = contents;
  const others = splitFolders(contents, members, unpacking.parts ?? partsFor(archive, unpacking));
  const apart = others.flat();
  if (apart.length > 0) {
    await makeFolders(folder, apart);
  }
  const named = (names: readonly string[]): string[] => names.map((name) => prefix + name);
  const first = [
    ...(apart.length === 0 && endsEarly(contents, members) ? ['--occurrence=1'] : []),
    // They apply to what follows them. Without the first one a folder of that name would be left out anywhere.
    ...(apart.length === 0 ? [] : ['--anchored', '--no-wildcards']),
    ...named(apart).map((name) => `--exclude=${name}`),
    '--',
    ...named(members),
  ];
  await sideBySide(
    signal,
    [first, ...others.map((names) => ['--', ...named(names)])].map((what, index) => async (shared) => {
      const args = [...extraction(contents, folder), ...what];
      // They read the same archive in much the same time: one line of progress is enough.
      const progress = index === 0 ? { what: 'Unpacking' } : {};
      await readTar(commands, archive, { tar, args, options: { signal: shared }, ...progress }, log);
    }),
  );
}

function extraction({ attributes }: Contents, folder: string): string[] {
  const isRoot = process.getuid?.() === 0;
  return [
    '--extract',
    '--file=-',
    '--numeric-owner',
    isRoot ? '--same-owner' : '--no-same-owner',
    '--same-permissions',
    // For each file they cost a call to the system, a quarter of the time of small ones.
    ...(attributes ? ['--acls', '--xattrs'] : []),
    // A folder's rights as they are going to be could keep us from filling it.
    '--delay-directory-restore',
    `--directory=${folder}`,
  ];
}

function partsFor({ compression, decompressor }: OpenedArchive, { contents, members }: TarUnpacking): number {
  // Node's own decompressor has but the one core that we run on.
  const cores = decompressor.kind === 'node' ? 1 : availableParallelism();
  return worthwhileParts(contents, members, { compression, cores });
}

/**
 * Before anybody fills them: the folder above belongs to another part, and its time would be that of the last file made in
 * it. The part that unpacks it gives each the rights, owner and time that it has in the archive.
 */
async function makeFolders(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await mkdir(join(folder, name), { recursive: true, mode: 0o700 });
  }
}

/**
 * Told to look for the first of each name, tar ends with the first member that lies in none of them: what comes behind a
 * dump can be a home of hours. It would leave out what comes later in a folder that it has left.
 */
function endsEarly({ counts, folders }: Contents, members: readonly string[]): boolean {
  const last = [...counts.keys()].at(-1);
  return last !== undefined && !members.includes(last) && members.every((member) => folders.isApart(member));
}
