/** The statements of a backup ("BACKUP (Transact-SQL)", "RESTORE VERIFYONLY"), with their progress. */
import type { Connection } from './connection.ts';
import { runSql } from './sqlcmd.ts';
import { told } from './sql-failure.ts';
import { quoteName, quoteText } from './t-sql.ts';

export interface BackupStatement {
  readonly database: string;
  readonly kind: 'full' | 'differential';
  /** As the server sees it. */
  readonly file: string;
  /** Shows in the server's own history of backups. */
  readonly name: string;
  readonly compress: boolean;
}

/**
 * FORMAT and INIT: the file is new, and if it were not, it would be ours. CHECKSUM has every page's own checksum looked at and
 * adds one over the backup. The full one is not COPY_ONLY, because a differential cannot be based on one that is ("Copy-only
 * backups"): from then on other tools' differentials have this one as their base, too.
 */
export function backupStatement({ database, kind, file, name, compress }: BackupStatement): string {
  const options = [
    ...(kind === 'differential' ? ['DIFFERENTIAL'] : []),
    'FORMAT',
    'INIT',
    'CHECKSUM',
    compress ? 'COMPRESSION' : 'NO_COMPRESSION',
    `NAME = ${quoteText(name)}`,
    'STATS = 5',
  ];
  return `BACKUP DATABASE ${quoteName(database)} TO DISK = ${quoteText(file)} WITH ${options.join(', ')};`;
}

export interface StatementRun {
  readonly signal: AbortSignal;
  readonly onPercent?: (percent: number) => void;
  /** Begins the sentence of a failure. */
  readonly subject: string;
}

/** @throws ActionError as `sqlFailure`; what the signal was aborted with */
export async function runStatement(
  connection: Connection,
  statement: string,
  { signal, onPercent, subject }: StatementRun,
): Promise<void> {
  const onMessage = (line: string): void => {
    const percent = /^(\d+) percent processed\.$/.exec(line)?.[1];
    if (percent !== undefined) {
      onPercent?.(Number(percent));
    }
  };
  await told(subject, async () => await runSql(connection, statement, { signal, onMessage }));
}

/** Reads all of it as a restore would, checksums included. */
export function verifyStatement(file: string, position = 1): string {
  return `RESTORE VERIFYONLY FROM DISK = ${quoteText(file)} WITH FILE = ${position}, CHECKSUM, STATS = 5;`;
}
