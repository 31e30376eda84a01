/**
 * A folder for what only we and a program that we start may read, a password first of all: 0700, in the runner's temporary
 * folder, gone when the work is done. It says whose it is, so that what a killed run has left is removed by the post step and
 * by whoever runs next.
 */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporaryFolder } from './actions.ts';
import { readPrivateFile } from './private-file.ts';
import { identityIn, livenessOf, ownIdentity } from './process-identity.ts';

const PREFIX = 'bitbucket-private-';
const OWNER = 'owner.json';

/** Calls `use` with the folder's path while the folder exists. */
export async function withPrivateFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(temporaryFolder(tmpdir()), PREFIX));
  try {
    // Before any secret: a folder without an owner holds none.
    await writeFile(join(folder, OWNER), JSON.stringify(ownIdentity()), { mode: 0o600, flag: 'wx' });
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes those of dead runs; one that may belong to a run that lives, here or elsewhere, stays. @returns how many */
export function sweepPrivateFolders(): number {
  const parent = temporaryFolder(tmpdir());
  const left = readdirSync(parent)
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => join(parent, name))
    .filter(isLeftOver);
  for (const folder of left) {
    rmSync(folder, { recursive: true, force: true });
  }
  return left.length;
}

function isLeftOver(folder: string): boolean {
  const uid = process.getuid?.();
  if (uid !== undefined && statSync(folder, { throwIfNoEntry: false })?.uid !== uid) {
    return false;
  }
  try {
    const owner = identityIn(JSON.parse(readPrivateFile(join(folder, OWNER)) ?? ''));
    return owner !== undefined && livenessOf(owner) === 'dead';
  } catch {
    return false;
  }
}
