/** The internal database on the way back: it comes with the home. There is nothing to load, only to check. */
import { join } from 'node:path';
import { ActionError } from '../../errors.ts';
import { HOME_COPY, holdsDatabase, internalDatabaseFiles } from '../../strategies/internal-database.ts';
import type {
  ArchivedPart,
  RestoreDefinition,
  RestoredPart,
  RestoreStrategy,
} from '../../strategies/restore.ts';
import { digestsOf, recordedFiles } from './database-files.ts';

export const internalRestore: RestoreDefinition = {
  read: (inputs) => {
    if (inputs.written('home-strategy') === 'none') {
      inputs.problem(
        'database-strategy',
        "is 'internal', and the internal database lies in the home, which home-strategy: none leaves out; restore the home as well.",
      );
    }
    return { create: ({ commands }) => createInternalRestore(commands) };
  },
};

type Commands = Parameters<typeof digestsOf>[0];

function createInternalRestore(commands: Commands): RestoreStrategy {
  let restored = 0;
  let recorded: number | undefined;
  return {
    name: 'internal',
    members: [],
    preflight: async () => await Promise.resolve([]),
    spaceNeeds: async () => await Promise.resolve([]),
    restore: async (part, unpacked, signal) => {
      signal.throwIfAborted();
      recorded = recordedFiles(part.recorded?.details['files'])?.length;
      restored = await assertThere(part, { home: join(unpacked, HOME_COPY), commands, signal });
    },
    complete: async (): Promise<RestoredPart> =>
      await Promise.resolve({
        place: 'in the home',
        counts: [{ what: 'database files', recorded, restored }],
        todo: [],
      }),
    discard: async () => {
      await Promise.resolve();
    },
    recover: async () => await Promise.resolve([]),
  };
}

/** @returns how many. @throws ActionError RESTORE_VERIFY, ARCHIVE_INCOMPLETE */
async function assertThere(
  { recorded }: ArchivedPart,
  {
    home,
    commands,
    signal,
  }: { readonly home: string; readonly commands: Commands; readonly signal: AbortSignal },
): Promise<number> {
  const found = await internalDatabaseFiles(home);
  const expected = recordedFiles(recorded?.details['files']);
  const missing = expected?.find(({ path }) => !found.includes(path));
  if (missing !== undefined || !holdsDatabase(found)) {
    throw new ActionError(
      'ARCHIVE_INCOMPLETE',
      `The home in the archive has no ${missing?.path ?? 'shared/data/db.mv.db or db.h2.db'}, so it lacks the internal database.`,
      { advice: 'Choose another archive.' },
    );
  }
  const paths = (expected ?? []).map(({ path }) => path);
  const unpacked = await digestsOf(commands, home, paths, signal);
  const differs = expected?.find(({ sha256 }, index) => unpacked[index]?.sha256 !== sha256);
  if (differs !== undefined) {
    throw new ActionError(
      'RESTORE_VERIFY',
      `The internal database was unpacked, and ${differs.path} is not what the manifest says.`,
      { advice: 'Choose another archive.' },
    );
  }
  return expected === undefined ? found.length : paths.length;
}
