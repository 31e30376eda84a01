/**
 * Empties a database again that was empty before: everything in it came from the restore that failed. Not by dropping it,
 * because its owner, rights and settings were there before, and extensions that not everybody may create.
 */
import { MARKER_TABLE } from './restore-marker.ts';

/** Schemas of the system stay. */
const OWN_SCHEMAS = `nspname !~ '^pg_' AND nspname <> 'information_schema'`;

/** Objects that belong to an extension come and go with it. */
const notOfExtension = (catalog: string, oid: string): string =>
  `NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`;

/**
 * What is left of the restore's own sessions, which may be in the middle of an index for an hour: a server does not notice
 * that its client is gone while it computes, and nothing could be dropped until then.
 */
const END_SESSIONS = `
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename = session_user
    AND application_name = :'restore';
`;

const DROP_SCHEMAS = `
  FOR item IN SELECT nspname AS name FROM pg_namespace n WHERE ${OWN_SCHEMAS} AND nspname <> 'public'
    AND ${notOfExtension('pg_namespace', 'n.oid')} LOOP
    EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', item.name);
  END LOOP;`;

/** Sequences last: one that feeds an identity column goes with its table, and not without it. */
const DROP_RELATIONS = `
  FOR item IN SELECT c.relname AS name, CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
      WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END AS kind
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND c.relname <> '${MARKER_TABLE}'
      AND ${notOfExtension('pg_class', 'c.oid')} ORDER BY c.relkind = 'S' LOOP
    EXECUTE format('DROP %s IF EXISTS public.%I CASCADE', item.kind, item.name);
  END LOOP;`;

/** Sorted, so that all signatures are there before the first function goes. Procedures came with PostgreSQL 11. */
const DROP_FUNCTIONS = `
  FOR item IN SELECT p.oid::regprocedure::text AS name, CASE
      WHEN p.oid IN (SELECT aggfnoid FROM pg_aggregate) THEN 'AGGREGATE'
      WHEN current_setting('server_version_num')::int >= 110000 THEN 'ROUTINE' ELSE 'FUNCTION' END AS kind
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = 'public' AND ${notOfExtension('pg_proc', 'p.oid')} ORDER BY 1 LOOP
    EXECUTE format('DROP %s IF EXISTS %s CASCADE', item.kind, item.name);
  END LOOP;`;

const DROP_TYPES = `
  FOR item IN SELECT t.typname AS name, CASE t.typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END AS kind
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE n.nspname = 'public' AND t.typtype IN ('d', 'e', 'c', 'r') AND ${notOfExtension('pg_type', 't.oid')}
      AND NOT EXISTS (SELECT 1 FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind <> 'c') LOOP
    EXECUTE format('DROP %s IF EXISTS public.%I CASCADE', item.kind, item.name);
  END LOOP;`;

/** Refuses unless the marker of this run is there. Works from PostgreSQL 9.3 on. */
export const EMPTY_DATABASE = `
SET search_path = pg_catalog;

${END_SESSIONS}
SELECT set_config('bitbucket_restore.run_id', :'run_id', false);
DO $empty$
DECLARE
  item record;
  extensions_before text[];
BEGIN
  SELECT extensions INTO extensions_before FROM public.${MARKER_TABLE}
    WHERE run_id = current_setting('bitbucket_restore.run_id');
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the database is not that of this restore';
  END IF;
  PERFORM lo_unlink(oid) FROM pg_largeobject_metadata;
  FOR item IN SELECT extname AS name FROM pg_extension WHERE extname <> ALL (extensions_before) LOOP
    EXECUTE format('DROP EXTENSION IF EXISTS %I CASCADE', item.name);
  END LOOP;
${[DROP_SCHEMAS, DROP_RELATIONS, DROP_FUNCTIONS, DROP_TYPES].join('')}
  DROP TABLE public.${MARKER_TABLE};
END
$empty$;
`;
