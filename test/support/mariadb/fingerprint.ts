/** What is in a database, small enough to compare: two databases with equal fingerprints hold the same. */
import { createHash } from 'node:crypto';
import { quoteName, quoteText, type TestMariadb } from './mariadb.ts';

/** `table x` to row count and digest of its rows and definition, and a digest of every view, trigger, routine and event. */
export async function databaseFingerprint(
  { sql }: Pick<TestMariadb, 'sql'>,
  database: string,
): Promise<Record<string, string>> {
  const is = `= ${quoteText(database)}`;
  const lines = await sql(
    'information_schema',
    `SELECT CONCAT(IF(TABLE_TYPE = 'VIEW', 'view ', 'table '), TABLE_NAME) FROM TABLES WHERE TABLE_SCHEMA ${is} ORDER BY 1;`,
  );
  const names = lines === '' ? [] : lines.split('\n');
  const result: Record<string, string> = {};
  for (const name of names.filter((entry) => entry.startsWith('table '))) {
    const table = quoteName(name.slice('table '.length));
    const columns = (
      await sql(
        'information_schema',
        `SELECT COLUMN_NAME FROM COLUMNS WHERE TABLE_SCHEMA ${is} AND TABLE_NAME = ${quoteText(name.slice('table '.length))} ORDER BY ORDINAL_POSITION;`,
      )
    ).split('\n');
    // Not CHECKSUM TABLE, which tells equal rows of tables with generated columns apart.
    const row = columns.map((column) => `IFNULL(HEX(${quoteName(column)}), 'NULL')`).join(", ',', ");
    const [sum = '', definition = ''] = (
      await sql(
        database,
        `SELECT COUNT(*), BIT_XOR(CAST(CONV(LEFT(SHA2(CONCAT(${row}), 256), 16), 16, 10) AS UNSIGNED)) FROM ${table};
         SHOW CREATE TABLE ${table};`,
      )
    ).split('\n');
    const [count = '', digests = ''] = sum.split('\t');
    result[name] = `${count} rows ${digests} ${digest(definition.replace(/ AUTO_INCREMENT=\d+/, ''))}`;
  }
  const rest = await sql(
    'information_schema',
    `SELECT 'view', TABLE_NAME, REPLACE(VIEW_DEFINITION, ${quoteText(quoteName(database))}, 'here'), CHECK_OPTION, SECURITY_TYPE
       FROM VIEWS WHERE TABLE_SCHEMA ${is} ORDER BY TABLE_NAME;
     SELECT 'trigger', TRIGGER_NAME, EVENT_OBJECT_TABLE, ACTION_STATEMENT FROM TRIGGERS WHERE TRIGGER_SCHEMA ${is} ORDER BY TRIGGER_NAME;
     SELECT 'routine', ROUTINE_NAME, ROUTINE_TYPE, ROUTINE_DEFINITION, ROUTINE_COMMENT FROM ROUTINES WHERE ROUTINE_SCHEMA ${is} ORDER BY ROUTINE_NAME;
     SELECT 'event', EVENT_NAME, EVENT_DEFINITION, STATUS, STARTS FROM EVENTS WHERE EVENT_SCHEMA ${is} ORDER BY EVENT_NAME;`,
  );
  for (const line of rest.split('\n').filter((entry) => entry !== '')) {
    const [kind = '', name = '', ...definition] = line.split('\t');
    result[`${kind} ${name}`] = digest(definition.join('\t'));
  }
  return result;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
