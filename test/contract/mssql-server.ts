/** The SQL Server stand-in with a database of Bitbucket's, for the contract suites. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createMssql, type MssqlOptions } from '../../src/database/mssql/mssql.ts';
import type { Database } from '../support/mssql/server-state.ts';
import { bitbucketTables, type MssqlStandIn, PASSWORD, USERS } from '../support/mssql/stand-in.ts';
import { runProgram } from '../support/program.ts';
import { commandLines } from './database.contract.ts';
import { makeContext } from './database-context.ts';
import type { UnpackedDatabase } from './database-restore.contract.ts';

/** Everything in it that a name can have. */
export const SOURCE = `-bit'b [u]cket $(x) %; "ü" \\#`;

const never = new AbortController().signal;

export function mssqlOptions(standIn: MssqlStandIn, changes: Partial<MssqlOptions> = {}): MssqlOptions {
  return {
    host: '127.0.0.1',
    port: 1433,
    username: 'sa',
    password: PASSWORD,
    trustCertificate: false,
    backupPath: undefined,
    backupFolder: undefined,
    database: SOURCE,
    compressDump: false,
    clientFolders: [standIn.binFolder],
    ...changes,
  };
}

export async function makeBitbucketDatabase(
  standIn: MssqlStandIn,
  name = SOURCE,
  changes: Partial<Database> = {},
): Promise<void> {
  await standIn.createDatabase(name, { tables: bitbucketTables(4, 3), users: USERS, ...changes });
}

/** Contents, and who may use them. */
export function mssqlFingerprint(standIn: MssqlStandIn, name: string): Record<string, string> {
  const database = standIn.database(name);
  if (database === undefined) {
    throw new Error(`There is no database '${name}'.`);
  }
  const tables = Object.entries(database.tables).map(([table, rows]): [string, string] => [
    table,
    JSON.stringify(rows),
  ]);
  return { ...Object.fromEntries(tables), users: JSON.stringify(database.users) };
}

/** As an administrator does: T-SQL of his own through sqlcmd. */
export async function runTsql(standIn: MssqlStandIn, statements: string): Promise<string> {
  const { stdout } = await runProgram(
    '/bin/sh',
    [
      '-c',
      `cat > "$0" && exec "$1" -S localhost -U sa -b -x -W -i "$0"`,
      script(standIn),
      join(standIn.binFolder, 'sqlcmd'),
    ],
    { env: { SQLCMDPASSWORD: PASSWORD }, input: statements },
  );
  return stdout.toString('utf8');
}

function script({ binFolder }: MssqlStandIn): string {
  return join(binFolder, `by-hand-${Date.now()}.sql`);
}

/** Everything that `ps` has shown meanwhile. */
export async function commandLinesDuring(work: () => Promise<unknown>): Promise<readonly string[]> {
  const over = new AbortController();
  const seen = new Set<string>();
  const sampling = (async () => {
    while (!over.signal.aborted) {
      for (const line of await commandLines()) {
        seen.add(line);
      }
      await sleep(5);
    }
  })();
  await work();
  over.abort();
  await sampling;
  return [...seen];
}

/** By the backup strategy itself, with changes between the two backups. */
export async function makeMssqlArchive(
  standIn: MssqlStandIn,
): Promise<UnpackedDatabase & { remove(): Promise<void> }> {
  const context = await makeContext();
  const strategy = createMssql(mssqlOptions(standIn), context);
  await strategy.preflight();
  await strategy.prepare(never);
  await standIn.changeTables(SOURCE, (tables) => ({
    ...tables,
    'dbo.project': [...(tables['dbo.project'] ?? []), 'a late project'],
    'dbo.changeset': ['new table'],
  }));
  const recorded = await (await strategy.capture(never)).settle(never);
  return {
    part: { recorded, drained: true },
    unpacked: context.backupRoot,
    remove: async () => await context.remove(),
  };
}
