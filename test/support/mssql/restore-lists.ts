/** RESTORE VERIFYONLY, HEADERONLY and FILELISTONLY, with the columns of their reference pages in their order. */
import { progress } from './backup.ts';
import type { Value } from './catalog-views.ts';
import { type BackupOnMedia, pathHere, readMedia } from './media.ts';
import { noPermission, SqlRefusal } from './messages.ts';
import { backupAt } from './restore.ts';
import { allowed } from './rights.ts';
import type { RunContext } from './run-context.ts';
import type { ResultSet } from './select.ts';
import type { Options } from './statements.ts';

export async function verifyOnly(device: string, options: Options, context: RunContext): Promise<void> {
  assertMayRead(context);
  const backup = backupAt(device, options, context);
  progress(options, context, 50);
  await context.step('verifyonly');
  if (backup.isDamaged) {
    throw new SqlRefusal(3189, 16, 'Damage to the backup set was detected.');
  }
  progress(options, context, 100);
  context.print(`The backup set on file ${options.numbers.get('FILE') ?? 1} is valid.`);
}

export function headerOnly(device: string, context: RunContext): ResultSet {
  assertMayRead(context);
  const sets = readMedia(pathHere(context.state, device), device);
  return tableOf(sets.map((set, index) => headerRow(set, index + 1, context)));
}

export function fileListOnly(device: string, options: Options, context: RunContext): ResultSet {
  assertMayRead(context);
  const { header } = backupAt(device, options, context);
  return tableOf(
    header.files.map((file, index) => ({
      LogicalName: file.logical,
      PhysicalName: file.path,
      Type: file.type,
      FileGroupName: file.type === 'D' ? 'PRIMARY' : null,
      Size: 8_388_608,
      MaxSize: 35_184_372_080_640,
      FileId: index + 1,
      CreateLSN: 0,
      DropLSN: 0,
      UniqueId: header.guid,
      ReadOnlyLSN: 0,
      ReadWriteLSN: 0,
      BackupSizeInBytes: file.type === 'D' ? header.bytes : 0,
      SourceBlockSize: 4096,
      FileGroupId: file.type === 'D' ? 1 : 0,
      LogGroupGUID: null,
      DifferentialBaseLSN: header.baseLsn ?? 0,
      DifferentialBaseGUID: header.baseGuid ?? '00000000-0000-0000-0000-000000000000',
      IsReadOnly: 0,
      IsPresent: 1,
      TDEThumbprint: null,
      SnapshotUrl: null,
    })),
  );
}

function headerRow(
  { header }: BackupOnMedia,
  position: number,
  { state, login }: RunContext,
): Readonly<Record<string, Value>> {
  const [major = '0', minor = '0', build = '0'] = header.version.split('.');
  const time = '2026-11-24 16:21:07.000';
  const isFull = header.type === 'full';
  return {
    BackupName: header.name,
    BackupDescription: null,
    BackupType: isFull ? 1 : 5,
    ExpirationDate: null,
    Compressed: header.compressed ? 1 : 0,
    Position: position,
    DeviceType: 2,
    UserName: login.name,
    ServerName: 'STANDIN',
    DatabaseName: header.database,
    DatabaseVersion: 957,
    DatabaseCreationDate: time,
    BackupSize: header.bytes,
    FirstLSN: header.firstLsn,
    LastLSN: header.lastLsn,
    CheckpointLSN: header.firstLsn,
    DatabaseBackupLSN: header.baseLsn ?? 0,
    BackupStartDate: time,
    BackupFinishDate: time,
    SortOrder: 0,
    CodePage: 0,
    UnicodeLocaleId: 1033,
    UnicodeComparisonStyle: 196_609,
    CompatibilityLevel: 160,
    SoftwareVendorId: 4608,
    SoftwareVersionMajor: Number(major),
    SoftwareVersionMinor: Number(minor),
    SoftwareVersionBuild: Number(build),
    MachineName: 'STANDIN',
    Flags: header.checksum === undefined ? 0 : 16,
    BindingID: header.familyGuid,
    RecoveryForkID: header.familyGuid,
    Collation: header.collation,
    FamilyGUID: header.familyGuid,
    HasBulkLoggedData: 0,
    IsSnapshot: 0,
    IsReadOnly: 0,
    IsSingleUser: 0,
    HasBackupChecksums: header.checksum === undefined ? 0 : 1,
    IsDamaged: 0,
    BeginsLogChain: 0,
    HasIncompleteMetaData: 0,
    IsForceOffline: 0,
    IsCopyOnly: header.copyOnly ? 1 : 0,
    FirstRecoveryForkID: header.familyGuid,
    ForkPointLSN: null,
    RecoveryModel: header.recoveryModel,
    DifferentialBaseLSN: header.baseLsn,
    DifferentialBaseGUID: guidAs(state.flavour, header.baseGuid),
    BackupTypeDescription: isFull ? 'Database' : 'Database Differential',
    BackupSetGUID: guidAs(state.flavour, header.guid),
    CompressedBackupSize: header.bytes,
    containment: 0,
    KeyAlgorithm: null,
    EncryptorThumbprint: null,
    EncryptorType: null,
  };
}

/** The new sqlcmd prints them in small letters (its `scanRow`). */
function guidAs(flavour: 'odbc' | 'go', guid: string | null): string | null {
  return guid === null || flavour === 'odbc' ? guid : guid.toLowerCase();
}

function tableOf(rows: readonly Readonly<Record<string, Value>>[]): ResultSet {
  return { columns: Object.keys(rows[0] ?? {}), rows: rows.map((row) => Object.values(row)) };
}

/** "Obtaining information about a backup set or backup device requires CREATE DATABASE permission." */
function assertMayRead({ login }: RunContext): void {
  if (!allowed(login, 'CREATE ANY DATABASE')) {
    throw noPermission('CREATE DATABASE', 'master');
  }
}
