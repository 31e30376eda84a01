/** From the files of an archive to the recovered database. */
import type { Log } from '../../host/log.ts';
import type { BackedUp } from '../../strategies/contract.ts';
import { type BackupSet, readBackupSets } from './backup-sets.ts';
import { runStatement } from './backup-statements.ts';
import { type Connection, serverName } from './connection.ts';
import { percentLog } from './percent-log.ts';
import { computeMoves } from './restore-moves.ts';
import { backupFiles, chooseChain } from './restore-sets.ts';
import { restoreDifferential, restoreFull } from './restore-statements.ts';
import type { ServerFacts } from './server-facts.ts';
import { told } from './sql-failure.ts';

export interface Load {
  readonly connection: Connection;
  readonly server: ServerFacts;
  readonly name: string;
  readonly runId: string;
  readonly log: Log;
  readonly unpacked: string;
  readonly recorded: BackedUp | undefined;
}

export interface LoadRun {
  readonly signal: AbortSignal;
  /** Puts a file where the server reads it. @returns its path there */
  readonly share: (file: string) => Promise<string>;
  /** Called before anything is made on the server. */
  readonly onBegin: () => void;
}

/** @throws ActionError ARCHIVE_INCOMPLETE, ARCHIVE_UNSAFE, and as `sqlFailure`; what the signal was aborted with */
export async function loadBackups(load: Load, { signal, share, onBegin }: LoadRun): Promise<void> {
  const { connection, name, log, unpacked, recorded } = load;
  const where = `database '${name}' at ${serverName(connection.inputs)}`;
  const reading = `Reading the backups for ${where}`;
  const sets: BackupSet[] = [];
  for (const file of await backupFiles(unpacked)) {
    const onServer = await share(file);
    sets.push(...(await told(reading, async () => await readBackupSets(connection, onServer, signal))));
  }
  const { full, differential } = chooseChain(sets, recorded);
  const moves = await told(reading, async () => await computeMoves(connection, full, load));
  signal.throwIfAborted();
  onBegin();
  log.info(`Loading the full backup into ${where}`);
  const run = async (statement: string, kind: string): Promise<void> => {
    const subject = `The restore of the ${kind} backup into ${where}`;
    await runStatement(connection, statement, { signal, subject, onPercent: percentLog(log, subject) });
  };
  await run(restoreFull(name, full, moves, differential === undefined), 'full');
  if (differential !== undefined) {
    log.info(`Loading the differential backup into ${where}`);
    await run(restoreDifferential(name, differential), 'differential');
  }
}
