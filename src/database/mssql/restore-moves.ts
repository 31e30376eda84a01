/** Where the files of a restored database are put, and how they are named: for the new database and for the run. */
import { joinedThere } from './backup-place.ts';
import type { Connection } from './connection.ts';
import type { BackupSet } from './backup-sets.ts';
import type { ResultRow } from './result-row.ts';
import { QUERY_LIMITS, type ServerFacts } from './server-facts.ts';
import { runSql } from './sqlcmd.ts';
import { quoteText } from './t-sql.ts';

export interface Move {
  readonly logicalName: string;
  readonly path: string;
}

/** What a file name may hold on every file system, and no more of it than leaves room for the rest. */
const LONGEST_NAME = 60;

/**
 * The run's id is in the names of the files, which the server tells from the first moment of a restore on, and which no other
 * database is ever going to have: that is how a database is known for the one of a run. It stays; a second restore under the
 * same name would otherwise find the files of the first one in its way.
 */
export function fileMark(runId: string): string {
  return `.restored-${runId}.`;
}

/** @returns the id of the run that has restored a database with these files */
export function restoringRun(files: readonly string[]): string | undefined {
  return files.map((file) => /\.restored-([\w-]+)\.\w+$/.exec(file)?.[1]).find((id) => id !== undefined);
}

/** @throws SqlError, CommandError as `runSql` does */
export async function computeMoves(
  connection: Connection,
  { file, position }: BackupSet,
  { server, name, runId }: { readonly server: ServerFacts; readonly name: string; readonly runId: string },
): Promise<readonly Move[]> {
  const statement = `RESTORE FILELISTONLY FROM DISK = ${quoteText(file)} WITH FILE = ${position};`;
  const [rows = []] = await runSql(connection, statement, QUERY_LIMITS);
  return rows.map((row, index) => moveOf(row, index, { server, name, runId }));
}

function moveOf(
  row: ResultRow,
  index: number,
  { server, name, runId }: { readonly server: ServerFacts; readonly name: string; readonly runId: string },
): Move {
  const isLog = row.text('Type') === 'L';
  const folder = isLog ? server.logFolder : server.dataFolder;
  const safe = name.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, LONGEST_NAME);
  const number = index === 0 ? '' : `-${index + 1}`;
  const ending = isLog ? 'ldf' : index === 0 ? 'mdf' : 'ndf';
  return {
    logicalName: row.text('LogicalName'),
    path: joinedThere(folder, `${safe}${number}${fileMark(runId)}${ending}`),
  };
}

/** In the order of the file list, separated as the options of a statement are. */
export function moveOptions(moves: readonly Move[]): string[] {
  return moves.map(({ logicalName, path }) => `MOVE ${quoteText(logicalName)} TO ${quoteText(path)}`);
}
