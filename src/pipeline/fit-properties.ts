/**
 * Makes the restored `bitbucket.properties` fit the restored database, or says what has to be changed. A home that still
 * names the database it came from would start on that one: a test instance on the data of production.
 */
import { driversFor, jdbcUrlFor, leadsTo } from '../bitbucket/jdbc-url.ts';
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
 * Of the parameters of a JDBC URL those that hold a secret (jdbc.postgresql.org, "Connection Parameters"; SQL Server's may
 * stand in braces): as they stand in it, as they are, and as a line of the file has them.
 */
function secretsIn({ value }: PropertyChange): string[] {
  const found = [...value.matchAll(/[?&;]\s*\w*password\s*=\s*(?:\{((?:[^}]|\}\})*)\}|([^&;]+))/gi)].map(
    ([, braced, plain]) => braced ?? plain ?? '',
  );
  return found.flatMap((secret) => [secret, decodeURIComponentOr(secret), readableValue(secret)]);
}

function decodeURIComponentOr(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function changesFor(text: string, { kind, host, port, name, owner }: DatabaseLocation): PropertyChange[] {
  const properties = propertiesIn(text);
  const before = properties.get('jdbc.url');
  const target = { kind, host, port, database: name };
  const changes: PropertyChange[] = [];
  if (before === undefined || !leadsTo(before, target)) {
    const driver = properties.get('jdbc.driver');
    const url = jdbcUrlFor(target, before, driver);
    const [preferred, ...others] = driversFor(url) ?? [];
    // Without one Bitbucket takes its own database; a driver that wraps another one has URLs of its own.
    if (preferred !== undefined && ![preferred, ...others].some((fitting) => fitting === driver)) {
      changes.push({ key: 'jdbc.driver', value: preferred });
    }
    changes.push({ key: 'jdbc.url', value: url });
  }
  if (properties.get('jdbc.user') !== owner) {
    changes.push({ key: 'jdbc.user', value: owner });
  }
  return changes;
}
