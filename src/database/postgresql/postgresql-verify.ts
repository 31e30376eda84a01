/** Is the dump whole? An exit code of 0 is not taken for an answer (FAULTS P6). */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ActionError } from '../../errors.ts';
import type { CommandRunner } from '../../host/command.ts';
import type { DatabaseFacts, Relation } from './postgresql-facts.ts';

export interface DumpToVerify {
  readonly commands: CommandRunner;
  readonly pgRestore: string;
  readonly folder: string;
  /** As preflight found them. */
  readonly facts: DatabaseFacts;
  /** Asks the database again, for when the dump has fewer tables. */
  readonly factsNow: () => Promise<DatabaseFacts>;
}

/**
 * pg_restore must be able to read the table of contents, every table of preflight must be in it with its data file.
 *
 * @returns the number of tables in the dump.
 * @throws ActionError DB_FAILED
 */
export async function verifyDump(dump: DumpToVerify, signal: AbortSignal): Promise<number> {
  const contents = await listContents(dump, signal);
  const tables = contents
    .map((line) => /^(\d+); \d+ \d+ TABLE DATA (.*)$/.exec(line))
    .filter((match) => match !== null);
  await assertDataFiles(
    dump,
    tables.map(([, id = '']) => id),
  );
  const expected = tablesOf(dump.facts);
  if (tables.length < expected.length) {
    await assertOnlyDroppedOnesLack(
      dump,
      expected.filter(
        ({ schema, name }) => !tables.some(([, , rest = '']) => rest.startsWith(`${schema} ${name} `)),
      ),
    );
  }
  return tables.length;
}

async function listContents(dump: DumpToVerify, signal: AbortSignal): Promise<string[]> {
  try {
    const list = await dump.commands.run(dump.pgRestore, ['--list', dump.folder], { signal });
    return list.stdout.split('\n');
  } catch (error) {
    signal.throwIfAborted();
    throw incomplete(dump, 'its table of contents cannot be read', error);
  }
}

/** Even an empty table has a data file that is not empty: it holds the end mark of COPY. */
async function assertDataFiles(dump: DumpToVerify, ids: readonly string[]): Promise<void> {
  const files = new Map((await readdir(dump.folder)).map((name) => [name.split('.')[0], name]));
  for (const id of ids) {
    const name = files.get(id);
    if (name === undefined || (await stat(join(dump.folder, name))).size === 0) {
      throw incomplete(dump, `the data file of entry ${id} is missing or empty`);
    }
  }
}

/** An app removed since preflight takes its tables with it; a table that still exists has to be in the dump. */
async function assertOnlyDroppedOnesLack(dump: DumpToVerify, lacking: readonly Relation[]): Promise<void> {
  const now = new Set(tablesOf(await dump.factsNow()).map(nameOf));
  const lost = lacking.map(nameOf).filter((name) => now.has(name));
  if (lost.length > 0) {
    throw incomplete(dump, `it lacks ${lost.length} tables (${lost.slice(0, 5).join(', ')})`);
  }
}

function tablesOf(facts: DatabaseFacts): Relation[] {
  return facts.relations.filter((relation) => relation.kind === 'table');
}

function nameOf({ schema, name }: Relation): string {
  return `${schema}.${name}`;
}

function incomplete(dump: DumpToVerify, why: string, cause?: unknown): ActionError {
  return new ActionError('DB_FAILED', `The dump of database '${dump.facts.database}' is not whole: ${why}.`, {
    advice: 'Check the disk of backup-root and the installed PostgreSQL client, and run again.',
    cause,
  });
}
