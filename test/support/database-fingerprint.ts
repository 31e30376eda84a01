/** What is in a database, small enough to compare: two databases with equal fingerprints hold the same. */

export interface SqlRunner {
  sql(database: string, text: string): Promise<string>;
}

/**
 * `table <schema>.<name>` to row count and digest of its ordered rows, `sequence ...` to its position, `large object
 * <oid>` to its digest, and digests of columns, constraints, indexes and views. Read in one snapshot, so it may be
 * taken while others write.
 */
export async function databaseFingerprint(
  postgres: SqlRunner,
  database: string,
): Promise<Record<string, string>> {
  const lines = await postgres.sql(database, FINGERPRINT_SQL);
  return Object.fromEntries(lines.split('\n').flatMap((line) => (line === '' ? [] : [parseEntry(line)])));
}

function parseEntry(line: string): [string, string] {
  const entry: unknown = JSON.parse(line);
  if (!Array.isArray(entry) || typeof entry[0] !== 'string' || typeof entry[1] !== 'string') {
    throw new TypeError(`Not a fingerprint: ${line}`);
  }
  return [entry[0], entry[1]];
}

const OWN_SCHEMA = `NOT IN ('pg_catalog', 'information_schema', 'pg_toast')`;

/** Names are taken without the database's own settings in the way: search_path, time zone and formats are fixed. */
const FINGERPRINT_SQL = `
BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY;
SET LOCAL search_path = '';
SET LOCAL timezone = 'UTC';
SET LOCAL datestyle = 'ISO';
SET LOCAL intervalstyle = 'postgres';
SET LOCAL bytea_output = 'hex';
SET LOCAL extra_float_digits = 3;
SELECT format(
  $q$SELECT json_build_array(%L, count(*) || ' rows ' || coalesce(md5(string_agg(d, '' ORDER BY d)), ''))
     FROM (SELECT md5(t::text) AS d FROM %I.%I t) AS digests$q$,
  'table ' || schemaname || '.' || tablename, schemaname, tablename)
FROM pg_tables WHERE schemaname ${OWN_SCHEMA} ORDER BY schemaname, tablename
\\gexec
SELECT format(
  $q$SELECT json_build_array(%L, last_value || ' ' || is_called || ' step %s') FROM %I.%I$q$,
  'sequence ' || schemaname || '.' || sequencename, increment_by, schemaname, sequencename)
FROM pg_sequences WHERE schemaname ${OWN_SCHEMA} ORDER BY schemaname, sequencename
\\gexec
SELECT json_build_array('large object ' || oid, md5(lo_get(oid))) FROM pg_largeobject_metadata ORDER BY oid;
SELECT json_build_array('columns', coalesce(md5(string_agg(d, ',' ORDER BY d)), '')) FROM (
  SELECT concat_ws(' ', table_schema, table_name, ordinal_position, column_name, data_type, character_maximum_length,
    numeric_precision, numeric_scale, is_nullable, column_default, is_identity) AS d
  FROM information_schema.columns WHERE table_schema ${OWN_SCHEMA}) AS columns;
SELECT json_build_array('constraints', coalesce(md5(string_agg(d, ',' ORDER BY d)), '')) FROM (
  SELECT concat_ws(' ', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid), c.convalidated) AS d
  FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace WHERE n.nspname ${OWN_SCHEMA}) AS constraints;
SELECT json_build_array('indexes', coalesce(md5(string_agg(indexdef, ',' ORDER BY indexdef)), ''))
  FROM pg_indexes WHERE schemaname ${OWN_SCHEMA};
SELECT json_build_array('views', coalesce(md5(string_agg(viewname || definition, ',' ORDER BY viewname)), ''))
  FROM pg_views WHERE schemaname ${OWN_SCHEMA};
COMMIT;
`;
