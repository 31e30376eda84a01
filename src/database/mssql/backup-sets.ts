/** The backups in a file, as RESTORE HEADERONLY tells them. */
import type { Connection } from './connection.ts';
import type { ResultRow } from './result-row.ts';
import { QUERY_LIMITS } from './server-facts.ts';
import { runSql } from './sqlcmd.ts';
import { quoteText } from './t-sql.ts';

export interface BackupSet {
  /** As the server sees it. */
  readonly file: string;
  /** In the file, from 1; for `FILE =`. */
  readonly position: number;
  readonly kind: 'full' | 'differential' | 'other';
  readonly database: string;
  readonly guid: string;
  /** Of a differential: the full backup that it belongs to. */
  readonly baseGuid: string;
  readonly hasChecksums: boolean;
  /** The version of the server that wrote it, such as 16. */
  readonly serverMajor: number;
  readonly serverVersion: string;
}

/**
 * @param signal cuts it short
 * @throws SqlError, CommandError as `runSql` does
 */
export async function readBackupSets(
  connection: Connection,
  file: string,
  signal?: AbortSignal,
): Promise<readonly BackupSet[]> {
  const [rows = []] = await runSql(
    connection,
    `RESTORE HEADERONLY FROM DISK = ${quoteText(file)};`,
    signal === undefined ? QUERY_LIMITS : { signal },
  );
  return rows.map((row) => setOf(file, row));
}

function setOf(file: string, row: ResultRow): BackupSet {
  const version = ['Major', 'Minor', 'Build'].map((part) => row.text(`SoftwareVersion${part}`));
  return {
    file,
    position: row.number('Position'),
    kind: kindOf(row.text('BackupType')),
    database: row.text('DatabaseName'),
    guid: row.guid('BackupSetGUID'),
    baseGuid: row.guid('DifferentialBaseGUID'),
    hasChecksums: row.flag('HasBackupChecksums'),
    serverMajor: row.number('SoftwareVersionMajor'),
    serverVersion: version.join('.'),
  };
}

/** The documented numbers of BackupType. */
function kindOf(type: string): BackupSet['kind'] {
  switch (type) {
    case '1':
      return 'full';
    case '5':
      return 'differential';
    default:
      return 'other';
  }
}
