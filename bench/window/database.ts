/** The database of the benchmark, to any size. */
import { randomBytes } from 'node:crypto';
import { bitbucketDataSql } from '../../test/support/bitbucket-schema.ts';
import type { TestPostgres } from '../../test/support/postgres.ts';

export const DATABASE_UNIT_BYTES = 250 * 1024 * 1024;

/** As many as `pg_dump -j 5` dumps side by side: Bitbucket's bulk, too, is in a handful of tables. */
const TABLES = 5;

/** Of a row, just below what PostgreSQL would store elsewhere than in the row. */
const ROW_CHARACTERS = 1_900;

/** Rows until the data repeats itself: 8 MB, more than gzip and zstd at their usual levels look back. */
const POOL_ROWS = 4_300;

/**
 * Its bulk is text, as Bitbucket's is: hashes, comments, audit records. Bytes would be dumped as hexadecimal digits, twice
 * their size, and the classic dump, which compresses, would look worse than it is.
 */
export async function createBenchDatabase(
  postgres: TestPostgres,
  name: string,
  scale: number,
): Promise<void> {
  await postgres.createDatabase(name, { withSchema: true });
  await postgres.sql(name, bitbucketDataSql({ projects: 20, repositories: 100, pullRequests: 20 }));
  const rows = Math.ceil((scale * DATABASE_UNIT_BYTES) / TABLES / ROW_CHARACTERS);
  await postgres.sql(name, bulkSql(postgres.username, rows));
  // What autovacuum would have done in a database that is not minutes old.
  await postgres.sql(name, 'VACUUM ANALYZE;');
}

function bulkSql(owner: string, rows: number): string {
  const size = Math.min(rows, POOL_ROWS);
  const pool = Array.from(
    { length: size },
    (_, number) => `(${number}, '${randomBytes(ROW_CHARACTERS / 2).toString('hex')}')`,
  );
  const tables = Array.from({ length: TABLES }, (_, number) => {
    const table = `"AO_BENCH_${number + 1}"`;
    return `CREATE TABLE ${table} ("ID" bigint PRIMARY KEY, "TEXT" text NOT NULL);
INSERT INTO ${table} SELECT n, content FROM generate_series(1, ${rows}) n JOIN pool ON pool.number = n % ${size};`;
  });
  return `SET ROLE ${owner};
BEGIN;
CREATE TEMP TABLE pool (number integer PRIMARY KEY, content text NOT NULL) ON COMMIT DROP;
INSERT INTO pool VALUES ${pool.join(',\n')};
${tables.join('\n')}
COMMIT;
`;
}
