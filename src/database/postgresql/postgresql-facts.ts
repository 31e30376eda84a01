/** What preflight wants to know of the server and the database, asked in one connection. */
import type { Connection } from './connection.ts';
import { runScript } from './psql-script.ts';
import { parseRows, type Row } from './rows.ts';

export interface DatabaseFacts {
  /** As the server says it, such as `15.18 (Debian 15.18-0+deb12u1)`. */
  readonly serverVersion: string;
  /** `server_version_num`. */
  readonly serverVersionNumber: number;
  readonly database: string;
  readonly user: string;
  readonly owner: string;
  /** Of tables and indexes on disk. */
  readonly bytes: number;
  /** Of long values (TOAST), as of the last vacuum. On disk they are compressed, or binary. */
  readonly longValueBytes: number;
  readonly encoding: string;
  readonly collate: string;
  readonly ctype: string;
  /** `c` (libc), `i` (ICU), `b` (builtin), `d` (libc of old); with the ICU or builtin locale, where the server has them. */
  readonly localeProvider: string | undefined;
  readonly locale: string | undefined;
  /** A standby replays while we read, and may cancel us. */
  readonly standby: boolean;
  /** Connections that this user can still open, ours given back. */
  readonly freeConnections: number;
  readonly unreadableLargeObjects: number;
  readonly relations: readonly Relation[];
}

export interface Relation {
  readonly schema: string;
  readonly name: string;
  readonly kind: 'table' | 'partitioned' | 'sequence';
  /** Size in pages of 8 KiB as of the last vacuum; never 0. Read from the catalog, because measuring waits for locks. */
  readonly pages: number;
  readonly readable: boolean;
}

/** The catalog answers in milliseconds; longer than this and somebody holds a lock on it. */
const QUERY_TIMEOUT_SECONDS = 30;

/**
 * Relations (`c`, in schema `n`) whose rows pg_dump reads: not those of extensions, which a dump recreates with CREATE
 * EXTENSION.
 */
export const DUMPED = `c.relpersistence <> 't'
    AND NOT (c.relpersistence = 'u' AND pg_is_in_recovery())
    AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
    AND NOT EXISTS (SELECT 1 FROM pg_depend e
      WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')`;

/**
 * Server and database in the first row, then a row for each relation that pg_dump locks or reads. Works from PostgreSQL
 * 9.3 on.
 */
const QUERY = `
SET search_path = pg_catalog;
SET statement_timeout = '${QUERY_TIMEOUT_SECONDS}s';
SELECT row_to_json(facts) FROM (
  SELECT current_setting('server_version') AS server_version,
    current_setting('server_version_num')::int AS server_version_number,
    d.datname::text AS database, session_user::text AS "user", pg_get_userbyid(d.datdba)::text AS owner,
    pg_database_size(d.oid) AS bytes,
    (SELECT coalesce(sum(relpages), 0) FROM pg_class WHERE relkind = 't')
      * current_setting('block_size')::bigint AS long_value_bytes, pg_encoding_to_char(d.encoding)::text AS encoding,
    d.datcollate::text AS "collate", d.datctype::text AS ctype,
    row_to_json(d)->>'datlocprovider' AS locale_provider,
    coalesce(row_to_json(d)->>'datlocale', row_to_json(d)->>'daticulocale') AS locale,
    pg_is_in_recovery() AS standby,
    1 + least(
      current_setting('max_connections')::int
        - (SELECT sum(numbackends) FROM pg_stat_database)
        - CASE WHEN r.rolsuper THEN 0 ELSE (SELECT sum(setting::int) FROM pg_settings
            WHERE name IN ('superuser_reserved_connections', 'reserved_connections')) END,
      CASE WHEN r.rolconnlimit >= 0 AND NOT r.rolsuper THEN r.rolconnlimit
        - (SELECT count(*) FROM pg_stat_activity a WHERE a.usename = r.rolname) END,
      CASE WHEN d.datconnlimit >= 0 AND NOT r.rolsuper THEN d.datconnlimit
        - (SELECT numbackends FROM pg_stat_database s WHERE s.datid = d.oid) END
    ) AS free_connections,
    (SELECT count(*) FROM pg_largeobject_metadata l WHERE NOT (r.rolsuper OR pg_has_role(l.lomowner, 'USAGE')
      OR EXISTS (SELECT 1 FROM aclexplode(l.lomacl) a WHERE a.privilege_type = 'SELECT'
        AND (a.grantee = 0 OR pg_has_role(a.grantee, 'USAGE'))))) AS unreadable_large_objects
  FROM pg_database d CROSS JOIN pg_roles r
  WHERE d.datname = current_database() AND r.rolname = session_user
) facts;
SELECT row_to_json(relation) FROM (
  SELECT n.nspname::text AS "schema", c.relname::text AS name, c.relkind::text AS kind,
    greatest(c.relpages, 1) + coalesce(t.relpages, 0) AS pages,
    has_schema_privilege(n.oid, 'USAGE') AND CASE c.relkind WHEN 'S'
      THEN has_sequence_privilege(c.oid, 'SELECT') ELSE has_table_privilege(c.oid, 'SELECT') END AS readable
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_class t ON t.oid = c.reltoastrelid
  WHERE c.relkind IN ('r', 'p', 'S') AND ${DUMPED}
  ORDER BY 1, 2
) relation;
`;

/**
 * @throws CommandError with psql's words when the server cannot be reached or refuses (exit code 2), or when the query
 * fails (exit code 3).
 */
export async function readFacts(
  connection: Connection,
  psql: string,
  signal?: AbortSignal,
): Promise<DatabaseFacts> {
  const answer = await runScript(connection, psql, QUERY, signal === undefined ? {} : { signal });
  const [first, ...relations] = parseRows(answer);
  if (first === undefined) {
    throw new TypeError('psql ended without an answer.');
  }
  return factsOf(first, relations);
}

function factsOf(row: Row, relations: readonly Row[]): DatabaseFacts {
  return {
    serverVersion: row.text('server_version'),
    serverVersionNumber: row.number('server_version_number'),
    database: row.text('database'),
    user: row.text('user'),
    owner: row.text('owner'),
    bytes: row.number('bytes'),
    longValueBytes: row.number('long_value_bytes'),
    encoding: row.text('encoding'),
    collate: row.text('collate'),
    ctype: row.text('ctype'),
    localeProvider: row.optionalText('locale_provider'),
    locale: row.optionalText('locale'),
    standby: row.boolean('standby'),
    freeConnections: row.number('free_connections'),
    unreadableLargeObjects: row.number('unreadable_large_objects'),
    relations: relations.map(relationOf),
  };
}

function relationOf(row: Row): Relation {
  return {
    schema: row.text('schema'),
    name: row.text('name'),
    kind: kindOf(row.text('kind')),
    pages: row.number('pages'),
    readable: row.boolean('readable'),
  };
}

function kindOf(relkind: string): Relation['kind'] {
  switch (relkind) {
    case 'S':
      return 'sequence';
    case 'p':
      return 'partitioned';
    default:
      return 'table';
  }
}
