/**
 * A table that says "not complete" while a database is being restored. It goes last, so that a database which a dead run
 * has left half-filled is known for that, and nobody else's is ever emptied.
 */
export const MARKER_TABLE = 'bitbucket_restore_incomplete';

/** Variables of psql that a restore's statements use. */
export interface MarkerVariables {
  readonly run_id: string;
  readonly archive: string;
}

export const CREATE_MARKER = `
CREATE TABLE public.${MARKER_TABLE} AS
  SELECT :'run_id'::text AS run_id, :'archive'::text AS archive, now() AS started_at;
`;

export const DROP_MARKER = `DROP TABLE public.${MARKER_TABLE};\n`;
