/**
 * Makes the restored `bitbucket.properties` fit the restored database, or says what has to be changed. A home that still
 * names the database it came from would start on that one: a test instance on the data of production.
 */
import { jdbcUrlFor, leadsTo } from '../bitbucket/jdbc-url.ts';
import {
  propertiesIn,
  type PropertyChange,
  propertyLine,
  readableValue,
  withChanges,
} from '../bitbucket/properties.ts';
import type { DatabaseLocation } from '../strategies/restore.ts';
import { readProperties, writeProperties } from './properties-file.ts';

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
    await writeProperties(home, { file, text: withChanges(text, changes) });
  }
  return { file, changes, lines: changes.map(propertyLine), secrets: changes.flatMap(secretsIn) };
}

/**
 * Of the parameters of a JDBC URL those that hold a secret (jdbc.postgresql.org, "Connection Parameters"): as they stand
 * in it, as they are, and as a line of the file has them.
 */
function secretsIn({ value }: PropertyChange): string[] {
  const found = [...value.matchAll(/[?&;](?:\w*password)=([^&;]+)/gi)].map(([, secret = '']) => secret);
  return found.flatMap((secret) => [secret, decodeURIComponentOr(secret), readableValue(secret)]);
}

function decodeURIComponentOr(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const DRIVER = 'org.postgresql.Driver';

function changesFor(text: string, { host, port, name, owner }: DatabaseLocation): PropertyChange[] {
  const properties = propertiesIn(text);
  const url = properties.get('jdbc.url');
  const target = { host, port, database: name };
  const changes: PropertyChange[] = [];
  if (url === undefined || !leadsTo(url, target)) {
    // Without one Bitbucket takes its own database; a driver that wraps another one has URLs of its own.
    if (properties.get('jdbc.driver') !== DRIVER) {
      changes.push({ key: 'jdbc.driver', value: DRIVER });
    }
    changes.push({ key: 'jdbc.url', value: jdbcUrlFor(target, url) });
  }
  if (properties.get('jdbc.user') !== owner) {
    changes.push({ key: 'jdbc.user', value: owner });
  }
  return changes;
}
