/** Unpacks an archive with as many programs as a test says, as whichever user this process has. */
import type { Contents } from '../../src/archive/member-check.ts';
import { openArchive } from '../../src/archive/opened-archive.ts';
import { unpackTar } from '../../src/archive/tar-unpack.ts';
import { createCommandRunner } from '../../src/host/command.ts';
import { createMemoryLog } from './memory-log.ts';

export interface PartsOptions {
  readonly contents: Contents;
  /** Default: all that a home and a database need. */
  readonly members?: readonly string[];
  readonly parts: number;
  readonly tar?: string;
  readonly signal?: AbortSignal;
}

export const BOTH = ['bitbucket-home', 'bitbucket-db'];

/** @param folder to unpack into */
export async function unpackInParts(path: string, folder: string, options: PartsOptions): Promise<void> {
  const { contents, members = BOTH, parts, tar = 'tar', signal = new AbortController().signal } = options;
  const archive = await openArchive(path);
  try {
    const programs = { commands: createCommandRunner(), log: createMemoryLog().log, tar };
    await unpackTar(programs, archive, { members, folder, contents, parts }, signal);
  } finally {
    await archive.close();
  }
}
