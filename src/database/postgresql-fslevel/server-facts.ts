/** What a running PostgreSQL says of itself that decides whether a snapshot of its files is worth anything. */
import type { Connection } from '../postgresql/connection.ts';
import { runScript } from '../postgresql/psql-script.ts';
import { parseRows } from '../postgresql/rows.ts';

export interface ServerFacts {
  /** As the server says it, such as `15.18 (Debian 15.18-0+deb12u1)`. */
  readonly version: string;
  /** Undefined for a user that may not know it. */
  readonly dataDirectory: string | undefined;
  readonly fsync: boolean;
  readonly fullPageWrites: boolean;
  /** Seconds since 1970. */
  readonly startedAt: number;
}

/** `pg_settings` leaves out what the user may not see, where `SHOW data_directory` fails. */
const QUERY = `
SET search_path = pg_catalog;
SELECT row_to_json(facts) FROM (
  SELECT current_setting('server_version') AS version,
    (SELECT setting FROM pg_settings WHERE name = 'data_directory') AS data_directory,
    current_setting('fsync') = 'on' AS fsync, current_setting('full_page_writes') = 'on' AS full_page_writes,
    extract(epoch FROM pg_postmaster_start_time())::float AS started_at
) facts;
`;

/** @throws CommandError with psql's words when the server cannot be reached, refuses, or does not answer */
export async function readServerFacts(
  connection: Connection,
  psql: string,
  signal?: AbortSignal,
): Promise<ServerFacts> {
  const answer = await runScript(connection, psql, QUERY, signal === undefined ? {} : { signal });
  const [row] = parseRows(answer);
  if (row === undefined) {
    throw new TypeError('psql ended without an answer.');
  }
  return {
    version: row.text('version'),
    dataDirectory: row.optionalText('data_directory'),
    fsync: row.boolean('fsync'),
    fullPageWrites: row.boolean('full_page_writes'),
    startedAt: row.number('started_at'),
  };
}
