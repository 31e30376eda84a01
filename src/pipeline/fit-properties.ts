/**
 * Makes the restored `bitbucket.properties` fit the restored database, or says what has to be changed. A home that still
 * names the database it came from would start on that one: a test instance on the data of production.
 */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { jdbcUrlFor, leadsTo } from '../bitbucket/jdbc-url.ts';
import { propertiesIn, type PropertyChange, propertyLine, withChanges } from '../bitbucket/properties.ts';
import { ActionError, isErrno } from '../errors.ts';
import type { DatabaseLocation } from '../strategies/restore.ts';

/** Old homes have it beside `shared`, not in it. */
const FILES = ['shared/bitbucket.properties', 'bitbucket.properties'];

export interface Fitting {
  /** Relative to the home. */
  readonly file: string;
  readonly changes: readonly PropertyChange[];
  /** The changes as lines of the file. */
  readonly lines: readonly string[];
  /** A URL can carry a password; whoever prints the lines has to hide it. */
  readonly secrets: readonly string[];
}

/**
 * @param home the restored home, wherever it is at this moment
 * @param update write the changes into the file
 * @returns undefined when everything fits
 */
export async function fitProperties(
  home: string,
  location: DatabaseLocation,
  update: boolean,
): Promise<Fitting | undefined> {
  const { file, text } = await readProperties(home);
  const changes = changesFor(text, location);
  if (changes.length === 0) {
    return undefined;
  }
  if (update) {
    await writeInPlace(join(home, file), withChanges(text, changes));
  }
  return { file, changes, lines: changes.map(propertyLine), secrets: changes.flatMap(secretsIn) };
}

/** Of the parameters of a JDBC URL those that hold a secret (jdbc.postgresql.org, "Connection Parameters"). */
function secretsIn({ value }: PropertyChange): string[] {
  const found = [...value.matchAll(/[?&;](?:\w*password)=([^&;]+)/gi)].map(([, secret = '']) => secret);
  return found.flatMap((secret) => [secret, decodeURIComponentOr(secret)]);
}

function decodeURIComponentOr(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function changesFor(text: string, { host, port, name, owner }: DatabaseLocation): PropertyChange[] {
  const properties = propertiesIn(text);
  const url = properties.get('jdbc.url');
  const target = { host, port, database: name };
  const changes: PropertyChange[] = [];
  if (url === undefined || !leadsTo(url, target)) {
    changes.push({ key: 'jdbc.url', value: jdbcUrlFor(target, url) });
  }
  if (properties.get('jdbc.user') !== owner) {
    changes.push({ key: 'jdbc.user', value: owner });
  }
  return changes;
}

/** Links are not followed: what an archive holds under this name must not lead us to another file. */
const READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const WRITE = constants.O_WRONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

async function readProperties(home: string): Promise<{ file: string; text: string }> {
  for (const file of FILES) {
    try {
      const handle = await open(join(home, file), READ);
      try {
        return { file, text: await handle.readFile('latin1') };
      } finally {
        await handle.close();
      }
    } catch (error) {
      if (!isErrno(error, 'ENOENT', 'ENOTDIR')) {
        throw new ActionError('ARCHIVE_UNSAFE', `${file} of the restored home cannot be read.`, {
          advice: 'Look into the archive: it should be a plain file.',
          cause: error,
        });
      }
    }
  }
  return { file: 'shared/bitbucket.properties', text: '' };
}

/** The file keeps its owner and its rights. Nobody uses it yet: the home has not got its name. */
async function writeInPlace(path: string, text: string): Promise<void> {
  const handle = await open(path, WRITE | constants.O_CREAT | constants.O_TRUNC, 0o600);
  try {
    await handle.writeFile(text, 'latin1');
    await handle.sync();
  } finally {
    await handle.close();
  }
}
