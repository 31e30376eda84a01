/** Is `home-path` a Bitbucket home that can be read and copied whole? Changes nothing. */
import { constants } from 'node:fs';
import { access, lstat, opendir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isErrno } from '../errors.ts';
import type { Finding } from '../strategies/contract.ts';
import { isWithin, realPath } from '../host/real-path.ts';

/** Enough to meet a permission that is wrong everywhere; rsync's dry run finds single folders. */
const SAMPLED_REPOSITORIES = 20;

const REPOSITORIES = 'shared/data/repositories';

/** @param internalDatabase it goes with the home, so that nobody has to be warned of it */
export async function homeFindings(homePath: string, internalDatabase = false): Promise<readonly Finding[]> {
  const problem = (await folderProblem(homePath)) ?? (await layoutProblem(homePath));
  if (problem !== undefined) {
    return [
      { severity: 'error', subject: 'home-path', message: `Input 'home-path' is '${homePath}', ${problem}` },
    ];
  }
  return [
    ...(await unreadableFindings(homePath)),
    ...(await linkFindings(homePath)),
    ...(internalDatabase ? [] : await embeddedDatabaseFindings(homePath)),
    ...(await ownershipFindings(homePath)),
  ];
}

/** The rest of a sentence that starts with the path; undefined when it is a folder that can be read. */
export async function folderProblem(path: string): Promise<string | undefined> {
  try {
    if (!(await stat(path)).isDirectory()) {
      return 'which is not a folder; name the folder itself.';
    }
    await access(path, constants.R_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) {
      return 'which does not exist; correct the path or mount the volume.';
    }
    if (isErrno(error, 'EACCES', 'EPERM')) {
      return `which ${userName()} cannot read; give that user read access.`;
    }
    return `which cannot be read (${error instanceof Error ? error.message : String(error)}); repair or mount it.`;
  }
}

export async function repositoryExists(homePath: string, id: number): Promise<boolean> {
  return await exists(join(homePath, REPOSITORIES, String(id)));
}

async function layoutProblem(homePath: string): Promise<string | undefined> {
  const hasData = await exists(join(homePath, 'shared/data'));
  const properties = ['shared/bitbucket.properties', 'bitbucket.properties'];
  if (hasData && (await firstExisting(homePath, properties)) !== undefined) {
    return undefined;
  }
  if (basename(homePath) === 'shared' && (await exists(join(homePath, 'data')))) {
    return `which is the shared folder of a home; use '${dirname(homePath)}'.`;
  }
  const missing = hasData ? properties.join(' or ') : 'shared/data';
  return `which is not a Bitbucket home: it has no ${missing}; name the folder that holds 'shared', and mount its volume.`;
}

async function unreadableFindings(homePath: string): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const folders = ['shared', 'shared/data', REPOSITORIES].map((name) => join(homePath, name));
  for (const folder of [...folders, ...(await sampleOf(join(homePath, REPOSITORIES)))]) {
    const problem = (await exists(folder)) ? await folderProblem(folder) : undefined;
    if (problem !== undefined) {
      findings.push({
        severity: 'error',
        subject: 'home-path',
        message: `The home holds '${folder}', ${problem}`,
      });
    }
  }
  return findings;
}

async function sampleOf(folder: string): Promise<readonly string[]> {
  const names: string[] = [];
  try {
    for await (const entry of await opendir(folder)) {
      if (entry.isDirectory()) {
        names.push(join(folder, entry.name));
      }
      if (names.length === SAMPLED_REPOSITORIES) {
        break;
      }
    }
  } catch (error) {
    // Missing in a fresh instance; unreadable is found by the check of the folder itself.
    if (!isErrno(error, 'ENOENT', 'EACCES', 'ENOTDIR')) {
      throw error;
    }
  }
  return names;
}

/** rsync keeps links as links: one that leads out of the home would leave everything behind it out of the backup. */
async function linkFindings(homePath: string): Promise<readonly Finding[]> {
  const home = await realPath(homePath);
  const findings: Finding[] = [];
  for (const name of ['shared', 'shared/data', REPOSITORIES]) {
    const path = join(homePath, name);
    if ((await exists(path)) && (await lstat(path)).isSymbolicLink()) {
      const target = await realPath(path);
      if (!isWithin(target, home)) {
        findings.push({
          severity: 'error',
          subject: 'home-path',
          message: `'${path}' is a link to '${target}', outside of the home, so what lies there would not be copied; mount it at '${path}' instead.`,
        });
      }
    }
  }
  return findings;
}

/** H2 without `jdbc.url` is the database of this instance, and its files are no backup when they are merely copied. */
async function embeddedDatabaseFindings(homePath: string): Promise<readonly Finding[]> {
  const files = ['shared/data/db.mv.db', 'shared/data/db.h2.db', 'data/db.mv.db', 'data/db.h2.db'];
  const found = await firstExisting(homePath, files);
  if (found === undefined || (await namesDatabase(homePath))) {
    return [];
  }
  return [
    {
      severity: 'warning',
      subject: 'database-strategy',
      message: `The home holds an internal database (${found}) and no jdbc.url names another one; it is not backed up with the home; set database-strategy: internal if Bitbucket uses it, and migrate to an external database.`,
    },
  ];
}

async function namesDatabase(homePath: string): Promise<boolean> {
  for (const name of ['shared/bitbucket.properties', 'bitbucket.properties']) {
    try {
      if (/^[ \t]*jdbc\.url[ \t]*[=:]/m.test(await readFile(join(homePath, name), 'latin1'))) {
        return true;
      }
    } catch (error) {
      if (!isErrno(error, 'ENOENT', 'EACCES')) {
        throw error;
      }
    }
  }
  return false;
}

/** Only root may give files away. */
async function ownershipFindings(homePath: string): Promise<readonly Finding[]> {
  const own = process.getuid?.();
  const { uid } = await stat(homePath);
  if (own === 0 || own === undefined || own === uid) {
    return [];
  }
  return [
    {
      severity: 'warning',
      subject: 'home-path',
      message: `The home belongs to user id ${uid}, and ${userName()} cannot keep the owner of files in a copy; run the runner as that user or as root, or give the owner again after a restore.`,
    },
  ];
}

/** One call at a time: on a dead NFS mount each would block one of Node's four threads. */
async function firstExisting(folder: string, names: readonly string[]): Promise<string | undefined> {
  for (const name of names) {
    if (await exists(join(folder, name))) {
      return name;
    }
  }
  return undefined;
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    // What may not be looked at exists; the check that reads it tells so.
    return isErrno(error, 'EACCES');
  }
}

function userName(): string {
  return `user id ${process.getuid?.() ?? 'unknown'}`;
}
