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
  readonly freeConnections: number;
  /** Of the role that is asked about; undefined when there is no such role. */
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
  /** Other sessions than ours. */
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
    1 + current_setting('max_connections')::int - (SELECT sum(numbackends) FROM pg_stat_database)
      - CASE WHEN r.rolsuper THEN 0 ELSE current_setting('superuser_reserved_connections')::int END
      AS free_connections,
    o.rolname::text AS role, coalesce(r.rolsuper OR pg_has_role(o.oid, 'MEMBER'), false) AS may_act_as
  FROM pg_roles r LEFT JOIN pg_roles o ON o.rolname = :'owner'
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
    (SELECT count(*) FROM pg_stat_activity a WHERE a.datname = d.datname AND a.pid <> pg_backend_pid()) AS sessions,
    (SELECT count(*) FROM own WHERE relkind = 'r') AS tables,
    has_schema_privilege('public', 'CREATE') AND has_database_privilege(d.oid, 'CREATE') AS may_create_in
  FROM pg_database d WHERE d.datname = current_database()
) facts;
SELECT to_regclass('public.${MARKER_TABLE}') IS NOT NULL AS marked \\gset
\\if :marked
SELECT row_to_json(marker) FROM (SELECT run_id FROM public.${MARKER_TABLE} LIMIT 1) marker;
\\endif
`;

/** @param owner the role to ask about. @throws CommandError as `readFacts` does */
export async function readServerFacts(
  connection: Connection,
  psql: string,
  owner: string,
): Promise<ServerFacts> {
  const [row] = parseRows(await runScript(connection, psql, SERVER_QUERY, { variables: { owner } }));
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
