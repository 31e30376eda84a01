/** Is `archive-root` a place where a backup is safe? Changes nothing. */
import { constants, type Stats } from 'node:fs';
import { access, lstat, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { asError, isErrno } from '../errors.ts';
import { isWithin, realPath } from '../host/real-path.ts';
import type { Finding } from '../strategies/contract.ts';

export interface ArchivePlaces {
  readonly archiveRoot: string;
  readonly backupRoot: string;
  readonly sources: readonly string[];
}

export async function folderFindings(places: ArchivePlaces): Promise<readonly Finding[]> {
  const { archiveRoot } = places;
  const found = await lookAt(archiveRoot);
  if (found === 'missing') {
    return [...(await parentFindings(archiveRoot)), ...(await placeFindings(places))];
  }
  if (typeof found === 'string') {
    return [
      error(`Input 'archive-root' is '${archiveRoot}', which cannot be read (${found}); repair or mount it.`),
    ];
  }
  return [...(await existingFindings(archiveRoot, found)), ...(await placeFindings(places))];
}

interface Look {
  /** The entry itself, a link perhaps. */
  readonly entry: Stats;
  /** What it leads to. */
  readonly target: Stats;
}

async function lookAt(path: string): Promise<Look | 'missing' | (string & {})> {
  try {
    const entry = await lstat(path);
    return { entry, target: await stat(path) };
  } catch (thrown) {
    return isErrno(thrown, 'ENOENT') ? 'missing' : asError(thrown).message;
  }
}

async function existingFindings(path: string, { entry, target }: Look): Promise<readonly Finding[]> {
  if (!target.isDirectory()) {
    return [error(`Input 'archive-root' is '${path}', which is not a folder; name a folder.`)];
  }
  const findings: Finding[] = [];
  if (!isTrusted(entry) || !isTrusted(target)) {
    const owner = isTrusted(entry) ? target.uid : entry.uid;
    findings.push(
      error(
        `Input 'archive-root' is '${path}', which belongs to user id ${owner}, who could exchange archives; give it to the user of the runner.`,
      ),
    );
  }
  const mode = (target.mode & 0o7777).toString(8).padStart(4, '0');
  if ((target.mode & 0o002) !== 0 && (target.mode & 0o1000) === 0) {
    findings.push(
      error(
        `Input 'archive-root' is '${path}', to which everybody may write (mode ${mode}), so that archives could be exchanged; set its mode to 0700.`,
      ),
    );
  } else if ((target.mode & 0o022) !== 0) {
    findings.push({
      severity: 'warning',
      subject: 'archive-root',
      message: `Input 'archive-root' is '${path}', to which others may write (mode ${mode}); 0700 is safer.`,
    });
  }
  return [...findings, ...(await writableFindings(path))];
}

/** Only the last folder is made by us: more of them missing rather means a volume that is not mounted. */
async function parentFindings(path: string): Promise<readonly Finding[]> {
  const parent = dirname(path);
  const found = await lookAt(parent);
  if (typeof found === 'string' || !found.target.isDirectory()) {
    return [
      error(
        `Input 'archive-root' is '${path}', and '${parent}' is no folder that exists; create it or mount its volume.`,
      ),
    ];
  }
  return await writableFindings(parent);
}

async function writableFindings(folder: string): Promise<readonly Finding[]> {
  try {
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return [];
  } catch (thrown) {
    const reason = isErrno(thrown, 'EROFS') ? 'its file system is read-only' : `this user has no right to`;
    return [
      error(
        `Input 'archive-root': archives cannot be written to '${folder}', because ${reason}; correct that.`,
      ),
    ];
  }
}

async function placeFindings(places: ArchivePlaces): Promise<readonly Finding[]> {
  const root = await realPath(places.archiveRoot);
  for (const source of places.sources) {
    if (isWithin(root, await realPath(source))) {
      return [
        error(
          `Input 'archive-root' is '${places.archiveRoot}', which lies in '${source}', so that every backup would hold those before it; choose a folder outside of it.`,
        ),
      ];
    }
  }
  const inBackupRoot = relative(await realPath(places.backupRoot), root).split('/')[0] ?? '';
  if (inBackupRoot.startsWith('bitbucket-')) {
    return [
      error(
        `Input 'archive-root' is '${places.archiveRoot}', which lies in the working copy '${join(places.backupRoot, inBackupRoot)}'; choose a folder beside it.`,
      ),
    ];
  }
  return [];
}

/** Somebody else's folder, or somebody else's link to a folder, is not ours to keep secrets in. */
function isTrusted({ uid }: Stats): boolean {
  return uid === 0 || uid === process.getuid?.();
}

function error(message: string): Finding {
  return { severity: 'error', subject: 'archive-root', message };
}
