/**
 * Empties a database again that was empty before: everything in it came from the restore that failed. Not by dropping it,
 * because its owner, rights and settings were there before.
 */
import { MARKER_TABLE } from './restore-marker.ts';

/** Objects that belong to an extension go with it; schemas of the system stay. */
const OWN_SCHEMAS = `nspname !~ '^pg_' AND nspname <> 'information_schema'`;

/** Refuses unless the marker of this run is there. Works from PostgreSQL 9.3 on. */
export const EMPTY_DATABASE = `
SET search_path = pg_catalog;
SELECT set_config('bitbucket_restore.run_id', :'run_id', false);
DO $empty$
DECLARE
  item record;
BEGIN
  PERFORM 1 FROM public.${MARKER_TABLE} WHERE run_id = current_setting('bitbucket_restore.run_id');
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the database is not that of this restore';
  END IF;
  PERFORM lo_unlink(oid) FROM pg_largeobject_metadata;
  FOR item IN SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' LOOP
    EXECUTE format('DROP EXTENSION IF EXISTS %I CASCADE', item.extname);
  END LOOP;
  FOR item IN SELECT nspname FROM pg_namespace WHERE ${OWN_SCHEMAS} AND nspname <> 'public' LOOP
    EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', item.nspname);
  END LOOP;
  FOR item IN SELECT c.relname, CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
      WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END AS kind
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND c.relname <> '${MARKER_TABLE}' LOOP
    EXECUTE format('DROP %s IF EXISTS public.%I CASCADE', item.kind, item.relname);
  END LOOP;
  FOR item IN SELECT p.oid::regprocedure::text AS signature, p.oid IN (SELECT aggfnoid FROM pg_aggregate) AS aggregate
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public' LOOP
    EXECUTE format('DROP %s IF EXISTS %s CASCADE',
      CASE WHEN item.aggregate THEN 'AGGREGATE' ELSE 'FUNCTION' END, item.signature);
  END LOOP;
  FOR item IN SELECT t.typname, CASE t.typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END AS kind
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE n.nspname = 'public' AND t.typtype IN ('d', 'e', 'c', 'r')
      AND NOT EXISTS (SELECT 1 FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind <> 'c') LOOP
    EXECUTE format('DROP %s IF EXISTS public.%I CASCADE', item.kind, item.typname);
  END LOOP;
  DROP TABLE public.${MARKER_TABLE};
END
$empty$;
`;
