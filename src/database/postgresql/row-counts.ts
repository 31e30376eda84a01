/** How many rows Bitbucket's main tables have: in the snapshot that is dumped, and in a database that was restored. */
import { ActionError } from '../../errors.ts';
import { MAIN_TABLES, type RowCounts } from '../main-tables.ts';
import type { BackedUp } from '../../strategies/contract.ts';
import type { RestoredCount } from '../../strategies/restore.ts';
import type { Connection } from './connection.ts';
import type { Relation } from './postgresql-facts.ts';
import { runScript } from './psql-script.ts';
import { parseRows, type Row } from './rows.ts';

/** Tables to count in, of one schema. */
export interface CountedTables {
  readonly schema: string;
  readonly names: readonly string[];
}

/** Counting reads a table from its beginning to its end. */
export const COUNT_MS = 60 * 60_000;

/**
 * Of several schemas the one that has the most of Bitbucket's tables: a copy that somebody has laid beside it is as a rule of a
 * few only.
 */
export function countedTables(
  relations: readonly Pick<Relation, 'schema' | 'name' | 'kind'>[],
): CountedTables {
  const tables = relations.filter(({ kind }) => kind !== 'sequence');
  const schemas = [...new Set(tables.map(({ schema }) => schema))];
  const [most] = schemas
    .map((schema) => ({
      schema,
      names: MAIN_TABLES.filter((name) =>
        tables.some((table) => table.schema === schema && table.name === name),
      ),
    }))
    .sort((one, other) => other.names.length - one.names.length || comparePublic(one.schema, other.schema));
  return most ?? { schema: 'public', names: [] };
}

function comparePublic(one: string, other: string): number {
  return Number(other === 'public') - Number(one === 'public');
}

/** A statement that locks them as pg_dump does, against those who would change or drop one. */
export function lockStatement({ schema, names }: CountedTables): string {
  return `LOCK TABLE ${names.map((name) => `ONLY ${qualified(schema, name)}`).join(', ')} IN ACCESS SHARE MODE;`;
}

/** A question with one row of JSON on one line for an answer. */
export function countQuestion({ schema, names }: CountedTables): string {
  const counts = names.map((name) => `(SELECT count(*) FROM ${qualified(schema, name)}) AS ${quoted(name)}`);
  return `SELECT row_to_json(rows) FROM (SELECT ${counts.join(', ')}) AS rows;`;
}

export function countsIn(row: Row, { names }: CountedTables): RowCounts {
  return Object.fromEntries(names.map((name) => [name, row.number(name)]));
}

const TABLES = `SET search_path = pg_catalog;
SELECT row_to_json(found) FROM (
  SELECT n.nspname::text AS "schema", c.relname::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
) found;`;

/**
 * @param part as the manifest has it; without rows in it nothing is counted
 * @returns what was counted in the restored database, beside what the manifest says
 * @throws ActionError RESTORE_VERIFY when one differs
 */
export async function verifyRows(
  database: { readonly connection: Connection; readonly psql: string; readonly name: string },
  part: BackedUp | undefined,
  signal: AbortSignal,
): Promise<readonly RestoredCount[]> {
  const recorded = recordedRows(part?.details['rows']);
  const wanted = Object.keys(recorded);
  if (wanted.length === 0) {
    return [];
  }
  const { connection, psql, name } = database;
  const there = parseRows(await runScript(connection, psql, TABLES, { signal })).map(
    (row): Pick<Relation, 'schema' | 'name' | 'kind'> => ({
      schema: row.text('schema'),
      name: row.text('name'),
      kind: 'table',
    }),
  );
  const tables = countedTables(there);
  const counts = await countThere(database, tables, signal);
  for (const table of wanted) {
    if (counts[table] !== recorded[table]) {
      throw new ActionError(
        'RESTORE_VERIFY',
        `Table '${table}' of database '${name}' has ${counts[table] ?? 'no'} rows after the restore, and the manifest says ${recorded[table]}.`,
        {
          advice:
            'Look into the log of the PostgreSQL server and run again; if it stays, choose another archive.',
        },
      );
    }
  }
  return wanted.map((table) => ({
    what: `rows of ${table}`,
    recorded: recorded[table],
    restored: counts[table] ?? 0,
  }));
}

async function countThere(
  { connection, psql }: { readonly connection: Connection; readonly psql: string },
  tables: CountedTables,
  signal: AbortSignal,
): Promise<RowCounts> {
  if (tables.names.length === 0) {
    return {};
  }
  const script = `SET search_path = pg_catalog; SET statement_timeout = 0;\n${countQuestion(tables)}`;
  const [row] = parseRows(await runScript(connection, psql, script, { signal, deadlineMs: COUNT_MS }));
  if (row === undefined) {
    throw new TypeError('psql ended without an answer.');
  }
  return countsIn(row, tables);
}

/** @param value `details.rows` of a manifest @returns what of it are counts of main tables */
function recordedRows(value: unknown): RowCounts {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(
    entries.filter(
      (entry): entry is [string, number] =>
        MAIN_TABLES.some((name) => name === entry[0]) && typeof entry[1] === 'number',
    ),
  );
}

function qualified(schema: string, name: string): string {
  return `${quoted(schema)}.${quoted(name)}`;
}

/** psql reads `:name` in a question, but not within quotes. */
function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
