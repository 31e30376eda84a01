/**
 * What the database is made of, a digest for each table, view, trigger, routine and event. The snapshot of InnoDB holds rows
 * still and nothing else: what is altered after the unlock and before the dump comes to it, the dump has as altered, or has
 * not at all. Read inside the lock and again when the dump is done, this tells.
 */
import { createHash } from 'node:crypto';
import type { Connection } from './connection.ts';
import { parseRow } from './rows.ts';
import { runScript } from './sql-script.ts';

/** `table project`, `view x` ... to a digest. */
export type Definitions = ReadonlyMap<string, string>;

/**
 * Kind and name first (`of` for parts of a table or view), then everything that a definition is made of. CREATE_TIME changes
 * when a table is made anew or rebuilt; AUTO_INCREMENT and sizes are left out, because rows change them. TRUNCATE leaves no
 * trace in here: over a table that is emptied before it is read the server stumbles by itself (error 1412), and one that is
 * emptied afterwards does no harm.
 */
const QUERY = `
SELECT IF(TABLE_TYPE = 'VIEW', 'view', 'table'), TABLE_NAME, TABLE_TYPE, ENGINE, CREATE_TIME, TABLE_COLLATION, CREATE_OPTIONS
  FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME;
SELECT 'of', TABLE_NAME, 'column', ORDINAL_POSITION, COLUMN_NAME, COLUMN_TYPE, COLUMN_DEFAULT, IS_NULLABLE, COLLATION_NAME,
  EXTRA, COLUMN_COMMENT
  FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME, ORDINAL_POSITION;
SELECT 'table', TABLE_NAME, 'index', INDEX_NAME, SEQ_IN_INDEX, COLUMN_NAME, SUB_PART, NON_UNIQUE
  FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX;
SELECT 'table', TABLE_NAME, 'key', CONSTRAINT_NAME, ORDINAL_POSITION, COLUMN_NAME, REFERENCED_TABLE_NAME, REFERENCED_COLUMN_NAME
  FROM information_schema.KEY_COLUMN_USAGE WHERE TABLE_SCHEMA = DATABASE()
  ORDER BY TABLE_NAME, CONSTRAINT_NAME, ORDINAL_POSITION, COLUMN_NAME;
SELECT 'view', TABLE_NAME, VIEW_DEFINITION, CHECK_OPTION, DEFINER, SECURITY_TYPE
  FROM information_schema.VIEWS WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME;
SELECT 'trigger', TRIGGER_NAME, EVENT_OBJECT_TABLE, EVENT_MANIPULATION, ACTION_TIMING, ACTION_STATEMENT, DEFINER
  FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE() ORDER BY TRIGGER_NAME;
SELECT 'routine', ROUTINE_NAME, ROUTINE_TYPE, LAST_ALTERED, ROUTINE_DEFINITION, DEFINER
  FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE() ORDER BY ROUTINE_TYPE, ROUTINE_NAME;
SELECT 'event', EVENT_NAME, LAST_ALTERED, EVENT_DEFINITION, DEFINER
  FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE() ORDER BY EVENT_NAME;
`;

/** @throws CommandError */
export async function readDefinitions(
  connection: Connection,
  client: string,
  database: string,
  signal?: AbortSignal,
): Promise<Definitions> {
  const { stdout } = await runScript(connection, client, QUERY, { database, signal });
  const lines = stdout.split('\n').filter((line) => line !== '');
  const views = new Set(lines.map(parseRow).flatMap((row) => (row.text(0) === 'view' ? [row.text(1)] : [])));
  const parts = Map.groupBy(lines, (line) => {
    const row = parseRow(line);
    const [kind, name] = [row.text(0), row.text(1)];
    return `${kind === 'of' ? (views.has(name) ? 'view' : 'table') : kind} ${name}`;
  });
  return new Map(
    [...parts].map(([name, own]) => [name, createHash('sha256').update(own.join('\n')).digest('hex')]),
  );
}

/**
 * What a dump that ran between the two may have as it was later. A table that is new is none of it: the dump takes its
 * list of tables at its beginning; its lists of everything else at the end.
 */
export function changedDefinitions(before: Definitions, after: Definitions): string[] {
  const changed = [...before].filter(([name, digest]) => after.get(name) !== digest).map(([name]) => name);
  const added = [...after.keys()].filter((name) => !name.startsWith('table ') && !before.has(name));
  return [...changed, ...added];
}

export function tablesIn(definitions: Definitions): string[] {
  return [...definitions.keys()]
    .filter((name) => name.startsWith('table '))
    .map((name) => name.slice('table '.length));
}
