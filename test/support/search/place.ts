/** The folder that one search server writes to, and the account that it runs as. */
import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programText } from '../program.ts';

/** All of these programs refuse to run as root, or may do there what a test wants to see refused. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export interface Place {
  readonly folder: string;
  readonly account: Account | undefined;
}

/** @returns a folder of the account's own. `undefined` for the account: the tests do not run as root */
export async function makePlace(): Promise<Place> {
  const account = await serverAccount();
  // The path of a repository is compared as it is written, so it is short and without links.
  const folder = await mkdtemp(join(tmpdir(), 'search-'));
  // A test looks into it as another user.
  await chmod(folder, 0o755);
  await giveTo(account, folder);
  return { folder, account };
}

export async function makeFolder({ folder, account }: Place, name: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(path);
  await giveTo(account, path);
  return path;
}

export async function giveTo(account: Account | undefined, path: string): Promise<void> {
  if (account !== undefined) {
    await chown(path, account.uid, account.gid);
  }
}

export async function removePlace({ folder }: Place): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

async function serverAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  return {
    uid: Number(await programText('id', ['-u', 'nobody'])),
    gid: Number(await programText('id', ['-g', 'nobody'])),
  };
}
