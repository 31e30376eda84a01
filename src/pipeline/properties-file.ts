/**
 * `bitbucket.properties` in an unpacked home. Links out of the home are not followed: what an archive holds must not lead us
 * to another file, least of all to that of the home it was made of.
 */
import { constants } from 'node:fs';
import { type FileHandle, lchown, mkdir, open, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ActionError, isErrno } from '../errors.ts';
import { isWithin, realPath } from '../host/real-path.ts';

/** Old homes have it beside `shared`, not in it. */
const FILES = ['shared/bitbucket.properties', 'bitbucket.properties'] as const;

export interface PropertiesFile {
  /** Relative to the home. */
  readonly file: string;
  /** One latin1 character for each byte; empty when there is no such file. */
  readonly text: string;
}

/** O_NONBLOCK: nobody waits for the other end of a pipe. */
const PLAIN = constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** @throws ActionError ARCHIVE_UNSAFE when something else than a file stands there */
export async function readProperties(home: string): Promise<PropertiesFile> {
  for (const file of FILES) {
    const handle = (await isInside(home, file))
      ? await openFile(home, file, constants.O_RDONLY | PLAIN)
      : undefined;
    if (handle !== undefined) {
      try {
        return { file, text: await handle.readFile('latin1') };
      } finally {
        await handle.close();
      }
    }
  }
  return { file: FILES[0], text: '' };
}

/**
 * The file keeps its owner and its rights; a new one gets the owner of its folder. Nobody uses it yet: the home has not
 * got its name.
 * @throws ActionError ARCHIVE_UNSAFE when it would be written outside of the home
 */
export async function writeProperties(home: string, { file, text }: PropertiesFile): Promise<void> {
  if (!(await isInside(home, file))) {
    throw new ActionError('ARCHIVE_UNSAFE', `${dirname(file)} of the restored home leads out of it.`, {
      advice: 'Restore with update-properties: false, and change bitbucket.properties by hand.',
    });
  }
  const handle =
    (await openFile(home, file, constants.O_WRONLY | constants.O_TRUNC | PLAIN)) ??
    (await createFile(join(home, file)));
  try {
    await handle.writeFile(text, 'latin1');
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function isInside(home: string, file: string): Promise<boolean> {
  return isWithin(await realPath(dirname(join(home, file))), await realPath(home));
}

/** @returns undefined when there is nothing under that name */
async function openFile(home: string, file: string, flags: number): Promise<FileHandle | undefined> {
  let handle: FileHandle | undefined;
  let cause: unknown;
  try {
    handle = await open(join(home, file), flags);
    if ((await handle.stat()).isFile()) {
      return handle;
    }
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) {
      return undefined;
    }
    cause = error;
  }
  await handle?.close();
  throw new ActionError('ARCHIVE_UNSAFE', `${file} of the restored home cannot be read.`, {
    advice: 'Look into the archive: it should be a plain file.',
    cause,
  });
}

async function createFile(path: string): Promise<FileHandle> {
  const folder = dirname(path);
  if ((await mkdir(folder, { recursive: true, mode: 0o750 })) !== undefined) {
    await giveAway(folder);
  }
  const handle = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  await giveAway(path);
  return handle;
}

/** To whom the folder above belongs: Bitbucket runs as that user, and has to read what only root could otherwise. */
async function giveAway(path: string): Promise<void> {
  if (process.getuid?.() === 0) {
    const { uid, gid } = await stat(dirname(path));
    await lchown(path, uid, gid);
  }
}
