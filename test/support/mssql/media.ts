/** Backup files of the stand-in: real files with headers, chain ids and checksums, several backups in one as on real media. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { isErrno } from '../../../src/errors.ts';
import { cannotOpen, SqlRefusal } from './messages.ts';
import type { Database, ServerState, Tables } from './server-state.ts';

export interface BackupHeader {
  readonly name: string;
  readonly type: 'full' | 'differential';
  readonly database: string;
  readonly version: string;
  readonly familyGuid: string;
  readonly guid: string;
  readonly baseGuid: string | null;
  readonly baseLsn: number | null;
  readonly firstLsn: number;
  readonly lastLsn: number;
  readonly copyOnly: boolean;
  readonly compressed: boolean;
  readonly recoveryModel: string;
  readonly collation: string;
  readonly files: Database['files'];
  readonly users: Database['users'];
  /** Of the content; undefined without CHECKSUM. */
  readonly checksum: string | undefined;
  readonly bytes: number;
}

export interface BackupOnMedia {
  readonly header: BackupHeader;
  readonly content: string;
  readonly isDamaged: boolean;
}

/** A full backup has all tables; a differential those that changed, and the names of all that there are. */
export interface BackupContent {
  readonly tables: Tables;
  readonly names: readonly string[];
}

const MAGIC = 'TAPE of the SQL Server stand-in';

/** Where the server's path is on this machine. */
export function pathHere({ mounts }: ServerState, device: string): string {
  const mount = mounts.find(({ onServer }) => device.startsWith(onServer));
  return mount === undefined
    ? device
    : mount.here + device.slice(mount.onServer.length).replaceAll('\\', '/');
}

/** Opens the device for writing. @returns what it holds already */
export function beginMedia(path: string, device: string, append: boolean): string {
  const before = append ? readOr(path, device, '') : '';
  writeOr(path, device, before === '' ? `${MAGIC}\n` : before);
  return before === '' ? `${MAGIC}\n` : before;
}

export function finishMedia(
  path: string,
  device: string,
  before: string,
  header: Omit<BackupHeader, 'bytes'>,
  content: string,
): void {
  const whole: BackupHeader = { ...header, bytes: Buffer.byteLength(content) };
  writeOr(path, device, `${before}${JSON.stringify(whole)}\n${content}\n`);
}

export function checksumOf(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** @throws SqlRefusal 3201 when it cannot be opened, 3241 for what is no backup */
export function readMedia(path: string, device: string): BackupOnMedia[] {
  const text = readOr(path, device, undefined);
  const malformed = new SqlRefusal(
    3241,
    16,
    `The media family on device '${device}' is incorrectly formed. SQL Server cannot process this media family.`,
  );
  if (!text.startsWith(`${MAGIC}\n`)) {
    throw malformed;
  }
  let rest = Buffer.from(text.slice(MAGIC.length + 1));
  const found: BackupOnMedia[] = [];
  while (rest.length > 0) {
    const end = rest.indexOf('\n');
    const header = headerIn(rest.subarray(0, end).toString());
    if (header === undefined) {
      throw malformed;
    }
    const content = rest.subarray(end + 1, end + 1 + header.bytes);
    const isDamaged =
      content.length < header.bytes ||
      (header.checksum !== undefined && checksumOf(content.toString()) !== header.checksum);
    found.push({ header, content: content.toString(), isDamaged });
    rest = rest.subarray(end + 1 + header.bytes + 1);
  }
  if (found.length === 0) {
    throw malformed;
  }
  return found;
}

export function contentOf({ content }: BackupOnMedia): BackupContent {
  const value: unknown = JSON.parse(content);
  if (!isContent(value)) {
    throw new TypeError('The backup holds something else.');
  }
  return value;
}

function headerIn(line: string): BackupHeader | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isHeader(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Only the stand-in has written it. */
function isContent(value: unknown): value is BackupContent {
  return typeof value === 'object' && value !== null;
}

function isHeader(value: unknown): value is BackupHeader {
  return typeof value === 'object' && value !== null;
}

function readOr(path: string, device: string, missing: string | undefined): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (missing !== undefined && isErrno(error, 'ENOENT')) {
      return missing;
    }
    throw refusalOf(error, device);
  }
}

function writeOr(path: string, device: string, text: string): void {
  try {
    // As the service does: its group may read.
    writeFileSync(path, text, { mode: 0o660 });
  } catch (error) {
    throw refusalOf(error, device);
  }
}

function refusalOf(error: unknown, device: string): unknown {
  if (isErrno(error, 'ENOENT')) {
    return cannotOpen(device, '2(The system cannot find the file specified.)');
  }
  return isErrno(error, 'EACCES', 'EPERM') ? cannotOpen(device, '5(Access is denied.)') : error;
}
