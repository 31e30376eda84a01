/**
 * `internal`: the H2 database that Bitbucket has in its home when nobody gave it another one. Its files are copied with the
 * home, inside the lock; here it is seen to that they are there, and that the copy is what the drained Bitbucket had.
 */
import { join } from 'node:path';
import { ActionError } from '../../errors.ts';
import {
  HOME_COPY,
  holdsDatabase,
  internalDatabaseFiles,
  STILLNESS,
} from '../../strategies/internal-database.ts';
import { untilStill } from '../../host/still-files.ts';
import type {
  BackedUp,
  BackupStrategy,
  Captured,
  Finding,
  StrategyContext,
  StrategyDefinition,
} from '../../strategies/contract.ts';
import { type DatabaseFile, digestsOf } from './database-files.ts';

export const internal: StrategyDefinition = {
  read: (inputs) => {
    if (inputs.written('home-strategy') === 'none') {
      inputs.problem(
        'database-strategy',
        "is 'internal', and the internal database lies in the home, which home-strategy: none leaves out; copy the home as well.",
      );
    }
    // What is wrong with it the reader of the home says.
    const homePath = inputs.written('home-path').replace(/\/+$/, '');
    return { create: (context) => createInternal(homePath, context) };
  },
};

export function createInternal(homePath: string, context: StrategyContext): BackupStrategy {
  return {
    name: 'internal',
    atomic: false,
    preflight: async () => await preflight(homePath),
    // The copy of the home holds it.
    spaceNeeds: async () => await Promise.resolve([]),
    prepare: async (signal) => {
      await Promise.resolve();
      signal.throwIfAborted();
    },
    capture: async (signal) => await capture(homePath, context, signal),
  };
}

async function preflight(homePath: string): Promise<readonly Finding[]> {
  const files = await internalDatabaseFiles(homePath);
  return holdsDatabase(files)
    ? [
        {
          severity: 'warning',
          subject: 'database-strategy',
          message:
            'Bitbucket runs on its internal database, which Atlassian supports for evaluation only; migrate to an external one before others rely on it.',
        },
      ]
    : [
        {
          severity: 'error',
          subject: 'database-strategy',
          message: `The home '${homePath}' has no internal database (shared/data/db.mv.db or db.h2.db), and bitbucket.properties names no other one; if Bitbucket is told of its database in another way (JDBC_URL of a container), name database-strategy and the inputs database-*.`,
        },
      ];
}

/** Side by side with the copy of the home, which waits for the same. */
async function capture(homePath: string, context: StrategyContext, signal: AbortSignal): Promise<Captured> {
  signal.throwIfAborted();
  const list = async (): Promise<string[]> =>
    (await internalDatabaseFiles(homePath)).map((file) => join(homePath, file));
  if ((await untilStill(list, STILLNESS, signal)) === undefined) {
    throw changing(homePath);
  }
  const files = await internalDatabaseFiles(homePath);
  if (!holdsDatabase(files)) {
    throw new ActionError('DB_FAILED', `The internal database of '${homePath}' is gone since preflight.`, {
      advice: 'Find out who removed shared/data/db.mv.db, and run again.',
    });
  }
  const drained = await digestsOf(context.commands, homePath, files, signal);
  context.progress(1);
  return {
    settle: async (settling) => await settle(drained, context, settling),
    discard: async () => {
      await Promise.resolve();
    },
  };
}

/** The files of the copy against those that the drained Bitbucket had. */
async function settle(
  drained: readonly DatabaseFile[],
  { backupRoot, commands }: StrategyContext,
  signal: AbortSignal,
): Promise<BackedUp> {
  signal.throwIfAborted();
  const copy = join(backupRoot, HOME_COPY);
  const there = new Set(await internalDatabaseFiles(copy));
  const missing = drained.find(({ path }) => !there.has(path));
  const paths = drained.map(({ path }) => path);
  const copied = missing === undefined ? await digestsOf(commands, copy, paths, signal) : [];
  const differs = drained.find(({ sha256 }, index) => copied[index]?.sha256 !== sha256);
  const wrong = missing ?? differs;
  if (wrong !== undefined) {
    throw new ActionError(
      'DB_FAILED',
      `The copy of the internal database is not as Bitbucket left it when it was drained: ${wrong.path} ${missing === undefined ? 'differs' : 'is missing'}.`,
      { advice: 'Find out what writes to that file while Bitbucket is locked, and run again.' },
    );
  }
  return {
    strategy: 'internal',
    included: true,
    // They lie in the home's.
    members: [],
    details: { files: drained.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 })) },
  };
}

function changing(homePath: string): ActionError {
  return new ActionError(
    'DB_FAILED',
    `The internal database of '${homePath}' is written to although Bitbucket is drained: it does not stay still for ${STILLNESS.forMs / 1_000} s within ${STILLNESS.withinMs / 1_000} s.`,
    { advice: 'Find out what else uses it, stop that and run again.' },
  );
}
