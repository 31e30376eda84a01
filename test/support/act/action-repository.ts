/**
 * This repository as act takes it for `OWNER/bitbucket-backup-action`: a folder with what GitHub would run of it. Two
 * things of our workflows are newer than act 0.2.89, and only they are written in another way.
 */
import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How the examples name this repository and the commit of the version that somebody chose. */
export const REPOSITORY = 'OWNER/bitbucket-backup-action';
export const COMMIT = '0'.repeat(40);

const PUBLISHED = ['action.yml', 'restore', 'cancel', 'dist', '.github/workflows'];

export function copyActionRepository(from: string, to: string): void {
  for (const path of PUBLISHED) {
    cpSync(join(from, path), join(to, path), { recursive: true });
  }
  for (const file of globSync(join(to, '.github/workflows/*.yml'))) {
    writeFileSync(file, asActKnowsIt(readFileSync(file, 'utf8')));
  }
}

/**
 * - `uses: $/restore`, the action of the workflow's own commit: its repository and commit are written out.
 * - `queue: max`, which act's schema refuses: left out. act does not queue anyhow.
 */
export function asActKnowsIt(workflow: string): string {
  return workflow
    .replaceAll(
      /^(\s*uses: )\$\/(\S*)$/gm,
      (_line, uses: string, path: string) => `${uses}${REPOSITORY}${path === '' ? '' : `/${path}`}@${COMMIT}`,
    )
    .replaceAll(/^ *queue: max\n/gm, '');
}
