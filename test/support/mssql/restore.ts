/** RESTORE DATABASE: into a new database, in the right order, of the right chain. */
import type { BackupOnMedia } from './media.ts';
import { contentOf, pathHere, readMedia } from './media.ts';
import { progress } from './backup.ts';
import { noPermission, SqlRefusal } from './messages.ts';
import { allowed, mayChange } from './rights.ts';
import type { RunContext } from './run-context.ts';
import { type Database, findDatabase, sameName } from './server-state.ts';
import type { Options, Statement } from './statements.ts';

type RestoreStatement = Extract<Statement, { kind: 'restore database' }>;

export async function restoreDatabase(statement: RestoreStatement, context: RunContext): Promise<void> {
  const { database: name, device, options } = statement;
  if (device === undefined) {
    await recoverOnly(name, options, context);
    return;
  }
  const backup = backupAt(device, options, context);
  await (backup.header.type === 'full'
    ? restoreFull(name, device, backup, options, context)
    : restoreDifferential(name, backup, options, context));
  progress(options, context, 100);
  context.print(`RESTORE DATABASE successfully processed 100 pages in 0.010 seconds (1.000 MB/sec).`);
}

/** @throws SqlRefusal when it is not there, or when CHECKSUM is asked for and does not fit */
export function backupAt(device: string, options: Options, context: RunContext): BackupOnMedia {
  const position = options.numbers.get('FILE') ?? 1;
  const backup = readMedia(pathHere(context.state, device), device)[position - 1];
  if (backup === undefined) {
    throw new SqlRefusal(3287, 16, `The file ID ${position} on device '${device}' is not valid.`);
  }
  if (options.flags.has('CHECKSUM') && backup.header.checksum === undefined) {
    throw new SqlRefusal(
      3187,
      16,
      'RESTORE WITH CHECKSUM cannot be specified because the backup set does not contain checksum information.',
    );
  }
  return backup;
}

async function restoreFull(
  name: string,
  device: string,
  backup: BackupOnMedia,
  options: Options,
  context: RunContext,
): Promise<void> {
  const { header } = backup;
  assertMayRestore(name, backup, options, context);
  const files = placed(name, header.files, options, context);
  const { login } = context;
  const blank: Omit<Database, 'id'> = {
    name,
    createdAt: new Date().toISOString().slice(0, 23),
    ownerSid: login.sid,
    state: 'RESTORING',
    access: 'MULTI_USER',
    recoveryModel: header.recoveryModel === 'FULL' ? 'FULL' : 'SIMPLE',
    collation: header.collation,
    familyGuid: header.familyGuid,
    lsn: header.lastLsn,
    base: undefined,
    files,
    users: [],
    tables: {},
  };
  await context.server.change((state) => ({
    state: {
      ...state,
      nextId: state.nextId + 1,
      databases: [
        ...state.databases.filter((one) => !sameName(one.name, name)),
        { ...blank, id: state.nextId },
      ],
    },
    result: undefined,
  }));
  progress(options, context, 50);
  await context.step('restore full');
  assertUndamaged(backup, device);
  const { tables } = contentOf(backup);
  await context.server.changeDatabase(name, (database) =>
    withRecovery({ ...database, tables, users: header.users, restoredGuid: header.guid }, options),
  );
}

async function restoreDifferential(
  name: string,
  backup: BackupOnMedia,
  options: Options,
  context: RunContext,
): Promise<void> {
  const database = findDatabase(context.state, name);
  if (database === undefined) {
    throw new SqlRefusal(
      3118,
      16,
      `The database "${name}" does not exist. RESTORE can only create a database when restoring either a full backup or a file backup of the primary file.`,
    );
  }
  if (database.state !== 'RESTORING') {
    throw new SqlRefusal(
      3117,
      16,
      'The log or differential backup cannot be restored because no files are ready to rollforward.',
    );
  }
  if (database.restoredGuid !== backup.header.baseGuid) {
    throw new SqlRefusal(
      3136,
      16,
      'This differential backup cannot be restored because the database has not been restored to the correct earlier state.',
    );
  }
  progress(options, context, 50);
  await context.step('restore differential');
  assertUndamaged(backup, name);
  const { names, tables: changed } = contentOf(backup);
  const tables = Object.fromEntries(
    names.map((table) => [table, changed[table] ?? database.tables[table] ?? []]),
  );
  await context.server.changeDatabase(name, (one) =>
    withRecovery({ ...one, tables, users: backup.header.users }, options),
  );
}

async function recoverOnly(name: string, options: Options, context: RunContext): Promise<void> {
  const database = findDatabase(context.state, name);
  if (database?.state !== 'RESTORING') {
    throw new SqlRefusal(3153, 16, 'The database is already fully recovered.');
  }
  await context.server.changeDatabase(name, (one) => withRecovery(one, options));
}

/** Recovery is what happens unless it is told otherwise. */
function withRecovery(database: Database, { flags }: Options): Database {
  if (flags.has('NORECOVERY')) {
    return database;
  }
  return {
    ...database,
    state: 'ONLINE',
    access: flags.has('RESTRICTED_USER') ? 'RESTRICTED_USER' : 'MULTI_USER',
  };
}

function assertMayRestore(
  name: string,
  { header }: BackupOnMedia,
  { flags }: Options,
  context: RunContext,
): void {
  const { state, login, server } = context;
  const existing = findDatabase(state, name);
  if (existing === undefined && !allowed(login, 'CREATE ANY DATABASE')) {
    throw noPermission('CREATE DATABASE', 'master');
  }
  if (existing !== undefined && !mayChange(login, existing)) {
    throw new SqlRefusal(3110, 14, `User does not have permission to RESTORE database '${name}'.`);
  }
  if (Number(header.version.split('.')[0]) > Number(state.version.split('.')[0])) {
    throw new SqlRefusal(
      3169,
      16,
      `The database was backed up on a server running version ${header.version}. That version is incompatible with this server, which is running version ${state.version}. Either restore the database on a server that supports the backup, or use a backup that is compatible with this server.`,
    );
  }
  if (existing === undefined || flags.has('REPLACE')) {
    return;
  }
  if (server.sessions().some(({ database }) => sameName(database, name))) {
    throw new SqlRefusal(3101, 16, 'Exclusive access could not be obtained because the database is in use.');
  }
  if (existing.familyGuid !== header.familyGuid) {
    throw new SqlRefusal(
      3154,
      16,
      `The backup set holds a backup of a database other than the existing '${name}' database.`,
    );
  }
  if (existing.state === 'ONLINE' && existing.recoveryModel === 'FULL') {
    throw new SqlRefusal(
      3159,
      16,
      `The tail of the log for the database "${name}" has not been backed up. Use BACKUP LOG WITH NORECOVERY to backup the log if it contains work you do not want to lose. Use the WITH REPLACE or WITH STOPAT clause of the RESTORE statement to just overwrite the contents of the log.`,
    );
  }
}

/** Where each file goes; none may go where another database has one. */
function placed(
  name: string,
  files: Database['files'],
  { moves }: Options,
  context: RunContext,
): Database['files'] {
  const unknown = moves.find(({ logical }) => !files.some((file) => file.logical === logical));
  if (unknown !== undefined) {
    throw new SqlRefusal(
      3234,
      16,
      `Logical file '${unknown.logical}' is not part of database '${name}'. Use RESTORE FILELISTONLY to list the logical file names.`,
    );
  }
  return files.map((file) => {
    const path = moves.find(({ logical }) => logical === file.logical)?.path ?? file.path;
    const owner = context.state.databases.find(
      (one) => !sameName(one.name, name) && one.files.some((other) => other.path === path),
    );
    if (owner !== undefined) {
      throw new SqlRefusal(
        1834,
        16,
        `The file '${path}' cannot be overwritten.  It is being used by database '${owner.name}'.`,
      );
    }
    return { ...file, path };
  });
}

function assertUndamaged({ isDamaged }: BackupOnMedia, device: string): void {
  if (isDamaged) {
    throw new SqlRefusal(3203, 16, `Read on "${device}" failed: 23(Data error (cyclic redundancy check).)`);
  }
}
