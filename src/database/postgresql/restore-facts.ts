/** What a restore wants to know of the server and of the database that it is to fill. */
import type { Connection } from './connection.ts';
import { runScript } from './psql-script.ts';
import { MARKER_TABLE } from './restore-marker.ts';
import { parseRows } from './rows.ts';

const QUERY_TIMEOUT_SECONDS = 30;

/** Of the server, asked in any database of it. */
export interface ServerFacts {
  readonly serverVersion: string;
  readonly serverVersionNumber: number;
  readonly user: string;
  readonly superuser: boolean;
  readonly mayCreate: boolean;
  /** As many as the server, the role and the database have left for us, the one that asks included. */
  readonly freeConnections: number;
  /**
   * Of the role that is asked about; undefined when there is no such role. To act as it takes a membership that inherits
   * its rights, and since PostgreSQL 16 one with the right to SET ROLE as well ("System Information Functions").
   */
  readonly role: { readonly name: string; readonly mayActAs: boolean } | undefined;
}

/** Of a database that exists. */
export interface TargetFacts {
  readonly oid: number;
  readonly name: string;
  readonly owner: string;
  readonly encoding: string;
  /** Tables, views, functions and so on that somebody has made, with the first few of them. */
  readonly objects: number;
  readonly examples: string;
  /** A restore that has not ended marks its database; the id of that run. */
  readonly unfinishedRun: string | undefined;
  /** Other people's sessions; what the server does by itself, such as autovacuum, has no user. */
  readonly sessions: number;
  readonly tables: number;
  readonly mayCreateIn: boolean;
}

const SERVER_QUERY = `
SET search_path = pg_catalog;
SET statement_timeout = '${QUERY_TIMEOUT_SECONDS}s';
SELECT row_to_json(facts) FROM (
  SELECT current_setting('server_version') AS server_version,
    current_setting('server_version_num')::int AS server_version_number,
    session_user::text AS "user", r.rolsuper AS superuser, r.rolsuper OR r.rolcreatedb AS may_create,
    1 + least(
      current_setting('max_connections')::int - (SELECT sum(numbackends) FROM pg_stat_database)
        - CASE WHEN r.rolsuper THEN 0 ELSE (SELECT sum(setting::int) FROM pg_settings
            WHERE name IN ('superuser_reserved_connections', 'reserved_connections')) END,
      CASE WHEN r.rolconnlimit >= 0 AND NOT r.rolsuper THEN r.rolconnlimit
        - (SELECT count(*) FROM pg_stat_activity a WHERE a.usename = r.rolname) END,
      CASE WHEN d.datconnlimit >= 0 AND NOT r.rolsuper THEN d.datconnlimit
        - (SELECT numbackends FROM pg_stat_database s WHERE s.datid = d.oid) END
    ) AS free_connections,
    o.rolname::text AS role, coalesce(r.rolsuper OR (pg_has_role(o.oid, 'USAGE') AND
      CASE WHEN current_setting('server_version_num')::int >= 160000 THEN pg_has_role(o.oid, 'SET') ELSE true END),
      false) AS may_act_as
  FROM pg_roles r LEFT JOIN pg_roles o ON o.rolname = :'owner' LEFT JOIN pg_database d ON d.datname = :'name'
  WHERE r.rolname = session_user
) facts;
`;

/** What extensions have made does not count: a dump makes it anew with the extension. */
const NOT_OF_EXTENSION = (catalog: string, oid: string): string =>
  `NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`;

const TARGET_QUERY = `
SET search_path = pg_catalog;
SET statement_timeout = '${QUERY_TIMEOUT_SECONDS}s';
WITH own AS (
  SELECT n.nspname || '.' || c.relname AS name, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
    AND NOT (n.nspname = 'public' AND c.relname = '${MARKER_TABLE}') AND ${NOT_OF_EXTENSION('pg_class', 'c.oid')}
  UNION ALL
  SELECT n.nspname || '.' || p.proname || '()', 'F' FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND ${NOT_OF_EXTENSION('pg_proc', 'p.oid')}
  UNION ALL
  SELECT 'schema ' || n.nspname, 'N' FROM pg_namespace n
  WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'public')
    AND ${NOT_OF_EXTENSION('pg_namespace', 'n.oid')}
  UNION ALL
  SELECT 'type ' || n.nspname || '.' || t.typname, 'T' FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
  WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND t.typtype IN ('d', 'e', 'c', 'r')
    AND NOT EXISTS (SELECT 1 FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind <> 'c')
    AND ${NOT_OF_EXTENSION('pg_type', 't.oid')}
  UNION ALL
  SELECT 'large object ' || oid, 'L' FROM pg_largeobject_metadata
)
SELECT row_to_json(facts) FROM (
  SELECT d.oid::bigint AS oid, d.datname::text AS name, pg_get_userbyid(d.datdba)::text AS owner, pg_encoding_to_char(d.encoding)::text AS encoding,
    (SELECT count(*) FROM own) AS objects,
    coalesce((SELECT string_agg(name, ', ') FROM (SELECT name FROM own ORDER BY name LIMIT 5) few), '') AS examples,
    (SELECT count(*) FROM pg_stat_activity a WHERE a.datname = d.datname AND a.pid <> pg_backend_pid()
      AND a.usesysid IS NOT NULL AND a.query NOT LIKE 'autovacuum:%') AS sessions,
    (SELECT count(*) FROM own WHERE relkind = 'r') AS tables,
    has_schema_privilege('public', 'CREATE') AND has_database_privilege(d.oid, 'CREATE') AS may_create_in
  FROM pg_database d WHERE d.datname = current_database()
) facts;
SELECT to_regclass('public.${MARKER_TABLE}') IS NOT NULL AS marked \\gset
\\if :marked
SELECT row_to_json(marker) FROM (SELECT run_id FROM public.${MARKER_TABLE} LIMIT 1) marker;
\\endif
`;

/** What a restore is going to use there; both need not exist. */
export interface Wanted {
  readonly owner: string;
  readonly name: string;
}

/** @throws CommandError as `readFacts` does */
export async function readServerFacts(
  connection: Connection,
  psql: string,
  { owner, name }: Wanted,
): Promise<ServerFacts> {
  const [row] = parseRows(await runScript(connection, psql, SERVER_QUERY, { variables: { owner, name } }));
  if (row === undefined) {
    throw new TypeError('psql ended without an answer.');
  }
  const role = row.optionalText('role');
  return {
    serverVersion: row.text('server_version').split(' ')[0] ?? '',
    serverVersionNumber: row.number('server_version_number'),
    user: row.text('user'),
    superuser: row.boolean('superuser'),
    mayCreate: row.boolean('may_create'),
    freeConnections: row.number('free_connections'),
    role: role === undefined ? undefined : { name: role, mayActAs: row.boolean('may_act_as') },
  };
}

/** Asked in another database of the same server. */
export async function databaseExists(maintenance: Connection, psql: string, name: string): Promise<boolean> {
  const question = `SELECT count(*) FROM pg_catalog.pg_database WHERE datname = :'name';\n`;
  return (await runScript(maintenance, psql, question, { variables: { name } })).trim() !== '0';
}

export async function readTargetFacts(connection: Connection, psql: string): Promise<TargetFacts> {
  const [row, marker] = parseRows(await runScript(connection, psql, TARGET_QUERY));
  if (row === undefined) {
    throw new TypeError('psql ended without an answer.');
  }
  return {
    oid: row.number('oid'),
    name: row.text('name'),
    owner: row.text('owner'),
    encoding: row.text('encoding'),
    objects: row.number('objects'),
    examples: row.text('examples'),
    sessions: row.number('sessions'),
    tables: row.number('tables'),
    mayCreateIn: row.boolean('may_create_in'),
    unfinishedRun: marker?.optionalText('run_id'),
  };
}
