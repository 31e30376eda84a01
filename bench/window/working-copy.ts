/**
 * The copy of the home that a nightly backup finds from the night before. There is one: it is handed to whoever runs next,
 * so that both find the same, down to its place on the disk, and the disk holds half as much.
 */
import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { homeExclusions } from '../../src/home/exclusions.ts';
import { programText } from '../../test/support/program.ts';

const MEMBER = 'bitbucket-home';

/** How many paths are named of a copy that is wrong. */
const NAMED = 10;

/** What rsync gets to see of a home, in classic words. */
export const CLASSIC_RSYNC: readonly string[] = [
  '-a',
  '--delete',
  '--delete-excluded',
  ...homeExclusions([]).map((pattern) => `--exclude=${pattern}`),
];

export async function handOver(fromRoot: string, toRoot: string): Promise<void> {
  await mkdir(toRoot, { recursive: true, mode: 0o700 });
  if (existsSync(join(fromRoot, MEMBER))) {
    await rename(join(fromRoot, MEMBER), join(toRoot, MEMBER));
  }
}

/** Brings the copy to what the home is, and the metadata of both into memory. @returns what rsync had to do, a line each */
export async function bringUpToDate(home: string, backupRoot: string): Promise<readonly string[]> {
  const target = join(backupRoot, MEMBER);
  const changes = await programText('rsync', [
    ...CLASSIC_RSYNC,
    '--itemize-changes',
    `${home}/`,
    `${target}/`,
  ]);
  return changes === '' ? [] : changes.split('\n');
}

/** A backup that is fast and wrong is no backup. @throws Error naming what differs between the home and the copy of it */
export async function assertCopied(home: string, backupRoot: string, who: string): Promise<void> {
  const changes = await bringUpToDate(home, backupRoot);
  if (changes.length > 0) {
    const named = changes.slice(0, NAMED).join('\n');
    throw new Error(
      `The copy of ${who} differs from the home in ${changes.length} entries, among them:\n${named}`,
    );
  }
}
