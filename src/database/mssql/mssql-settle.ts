/** Users are working again: both backups are verified, their chain is checked, and they are copied out of the shared folder. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ActionError } from '../../errors.ts';
import { flushFolder } from '../../host/folder-flush.ts';
import type { BackedUp, StrategyContext } from '../../strategies/contract.ts';
import { DUMP_MEMBER, measureDump, publishDump } from '../dump-folder.ts';
import { canCompress, recordedState } from './backup-checks.ts';
import { copyFlushed } from './backup-place.ts';
import { type BackupSet, readBackupSets } from './backup-sets.ts';
import { runStatement, verifyStatement } from './backup-statements.ts';
import { serverName } from './connection.ts';
import type { CountedTables } from './database-facts.ts';
import type { MssqlBackup } from './mssql-backup.ts';
import { percentLog } from './percent-log.ts';
import { told } from './sql-failure.ts';

const KINDS = ['full', 'differential'] as const;

/** @throws ActionError DB_FAILED, DISK_FULL; what the signal was aborted with */
export async function settleBackups(
  backup: MssqlBackup,
  context: StrategyContext,
  counted: CountedTables,
  signal: AbortSignal,
): Promise<BackedUp> {
  const { backupRoot, backupId, commands } = context;
  signal.throwIfAborted();
  // Quick, and says most.
  const [full, differential] = await readChain(backup, signal);
  for (const kind of KINDS) {
    await verify(backup, context, kind, signal);
  }
  for (const kind of KINDS) {
    await copyFlushed(commands, backup[kind].here, join(backup.folder, `${kind}.bak`), signal);
  }
  await flushFolder(backup.folder);
  const size = await measureDump(backup.folder);
  await assertWhole(backup);
  signal.throwIfAborted();
  await publishDump(backup.folder, backupRoot, backupId);
  return {
    strategy: 'mssql',
    included: true,
    members: [DUMP_MEMBER],
    ...size,
    // sqlcmd has no option for its version that both kinds know; the server does the work.
    tools: { 'SQL Server': backup.plan.server.version },
    details: detailsOf(backup, counted, full, differential),
  };
}

/** @throws ActionError DB_FAILED when another full backup has come in between */
async function readChain(backup: MssqlBackup, signal: AbortSignal): Promise<readonly [BackupSet, BackupSet]> {
  const { connection, database } = backup.plan;
  const subject = `Reading the backups of database '${database}' at ${serverName(connection.inputs)}`;
  const [full, differential] = await told(subject, async () => [
    ...(await readBackupSets(connection, backup.full.onServer, signal)),
    ...(await readBackupSets(connection, backup.differential.onServer, signal)),
  ]);
  if (full?.kind !== 'full' || differential?.kind !== 'differential') {
    throw new ActionError('DB_FAILED', `The backups of database '${database}' are not what was asked for.`, {
      advice: "Look into SQL Server's log for who else writes into that folder, and run again.",
    });
  }
  if (differential.baseGuid !== full.guid) {
    throw brokenChain(database);
  }
  return [full, differential];
}

async function verify(
  backup: MssqlBackup,
  { log }: StrategyContext,
  kind: (typeof KINDS)[number],
  signal: AbortSignal,
): Promise<void> {
  const { connection, database } = backup.plan;
  const what = `The verification of the ${kind} backup of database '${database}' at ${serverName(connection.inputs)}`;
  const onPercent = percentLog(log, what);
  await runStatement(connection, verifyStatement(backup[kind].onServer), {
    signal,
    onPercent,
    subject: what,
  });
}

async function assertWhole({ folder, plan }: MssqlBackup): Promise<void> {
  const names = await readdir(folder);
  if (names.length !== KINDS.length) {
    throw new ActionError(
      'DB_FAILED',
      `The backup of database '${plan.database}' has ${names.length} files instead of ${KINDS.length}.`,
      { advice: 'Look for who else writes into backup-root, and run again.' },
    );
  }
}

function detailsOf(
  { plan }: MssqlBackup,
  { tables, rows }: CountedTables,
  full: BackupSet,
  differential: BackupSet,
): BackedUp['details'] {
  const { server, state, facts, database, compressDump } = plan;
  const [owner] = facts.owners;
  return {
    format: 'full and differential',
    serverVersion: server.version,
    edition: server.edition,
    database,
    ...recordedState(state),
    // More than one, and nobody can tell which is Bitbucket's.
    owner: facts.owners.length === 1 && owner !== undefined ? owner : null,
    tables,
    rows,
    compressed: compressDump && canCompress(server),
    fullGuid: full.guid,
    differentialGuid: differential.guid,
  };
}

function brokenChain(database: string): ActionError {
  return new ActionError(
    'DB_FAILED',
    `The differential backup of database '${database}' does not belong to the full one of this run: another tool made a full backup in between.`,
    {
      advice:
        'Have other tools make copy-only backups (WITH COPY_ONLY) or run at another time, and run again.',
    },
  );
}
