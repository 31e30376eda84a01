/** The archives in `archive-root` that a restore can choose from, those of Atlassian's scripts among them. */
import type { Stats } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { ActionError, asError, isErrno } from '../errors.ts';
import { lstatExisting } from '../host/lstat-existing.ts';
import { archiveExtensions, CHECKSUM_EXTENSION } from './names.ts';
import type { AvailableBackup } from './restore-source.ts';

/** `<instance>-<yyyymmdd>-<hhmmss>`, with or without milliseconds: ours and that of Atlassian's scripts. */
const NAME =
  /^(?<instance>.+?)-(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)-(?<hours>\d\d)(?<minutes>\d\d)(?<seconds>\d\d)(?:-(?<ms>\d{3}))?\.tar(?:\.gz|\.zst)?$/;

const EXTENSIONS = Object.values(archiveExtensions);

/** Newest first. Empty when the folder does not exist. */
export async function availableArchives(archiveRoot: string): Promise<readonly AvailableBackup[]> {
  const found: AvailableBackup[] = [];
  const names = new Set(await namesIn(archiveRoot));
  for (const name of names) {
    const isArchive = !name.startsWith('.') && EXTENSIONS.some((extension) => name.endsWith(extension));
    const stats = isArchive ? await lstatExisting(join(archiveRoot, name)) : undefined;
    if (stats?.isFile() === true) {
      found.push(describeArchive(archiveRoot, name, stats, names.has(name + CHECKSUM_EXTENSION)));
    }
  }
  return found.sort((a, b) => b.timeMs - a.timeMs);
}

export function describeArchive(
  folder: string,
  name: string,
  stats: Pick<Stats, 'size' | 'mtimeMs'>,
  checksum: boolean,
): AvailableBackup {
  const parts = NAME.exec(name)?.groups;
  const stamp = parts && Date.parse(stampOf(parts));
  return {
    name,
    path: join(folder, name),
    timeMs: stamp === undefined || Number.isNaN(stamp) ? stats.mtimeMs : stamp,
    bytes: stats.size,
    instanceName: parts?.['instance'],
    checksum,
  };
}

/**
 * @param wanted a name, with or without its ending, an absolute path, or `latest` (of this instance)
 * @returns the path. @throws ActionError ARCHIVE_NOT_FOUND
 */
export function chooseArchive(
  wanted: string,
  available: readonly AvailableBackup[],
  instanceName: string,
): string {
  if (wanted.includes('/')) {
    if (!isAbsolute(wanted)) {
      throw notFound(`'${wanted}' is neither a name nor an absolute path`);
    }
    return wanted;
  }
  if (wanted === 'latest') {
    // Without its checksum it may be one that a copy program is still writing.
    const newest = available.find((backup) => backup.instanceName === instanceName && backup.checksum);
    if (newest === undefined) {
      throw notFound(`There is no complete archive of instance '${instanceName}'`);
    }
    return newest.path;
  }
  const exact = available.find(({ name }) => name === wanted);
  if (exact !== undefined) {
    return exact.path;
  }
  const fitting = available.filter(({ name }) => EXTENSIONS.some((extension) => name === wanted + extension));
  const [first, second] = fitting;
  if (first === undefined) {
    throw notFound(`There is no archive '${wanted}'`);
  }
  if (second !== undefined) {
    throw notFound(`'${wanted}' may be ${fitting.map(({ name }) => name).join(' or ')}`);
  }
  return first.path;
}

function notFound(what: string): ActionError {
  return new ActionError('ARCHIVE_NOT_FOUND', `${what}; nothing was changed.`, {
    advice: 'Set archive to one of the available backups.',
  });
}

function stampOf(parts: Readonly<Record<string, string | undefined>>): string {
  const { year, month, day, hours, minutes, seconds, ms = '000' } = parts;
  return `${year}-${month}-${day}T${hours}:${minutes}:${seconds}.${ms}Z`;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    if (isErrno(cause, 'ENOENT', 'ENOTDIR')) {
      return [];
    }
    throw new ActionError('ARCHIVE_NOT_FOUND', `${folder} cannot be read: ${asError(cause).message}.`, {
      advice: 'Look at the rights and the disk of archive-root, or correct it; nothing was changed.',
      cause,
    });
  }
}
