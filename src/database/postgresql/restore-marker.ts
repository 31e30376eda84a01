/**
 * A table that says "not complete" while a database is being restored. It goes last, so that a database which a dead run
 * has left half-filled is known for that, and nobody else's is ever emptied.
 */
export const MARKER_TABLE = 'bitbucket_restore_incomplete';

/** Keeps the extensions that were there before, and answers with the oid of the database. */
export const CREATE_MARKER = `
CREATE TABLE public.${MARKER_TABLE} AS
  SELECT :'run_id'::text AS run_id, :'archive'::text AS archive, now() AS started_at,
    (SELECT coalesce(array_agg(extname::text), '{}') FROM pg_extension) AS extensions;
SELECT oid FROM pg_database WHERE datname = current_database();
`;

/** What administrators see of a restore in pg_stat_activity, and what its sessions are known by. */
export function sessionName(runId: string): string {
  return `bitbucket-restore ${runId.slice(0, 8)}`;
}

export const DROP_MARKER = `DROP TABLE public.${MARKER_TABLE};\n`;
