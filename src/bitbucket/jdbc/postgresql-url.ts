/**
 * PostgreSQL's JDBC URL (jdbc.postgresql.org, "Connecting to the Database"): `jdbc:postgresql://host:port/database?options`,
 * where host and port may be left out, and several hosts be given.
 */
import { formDecoded, type NetworkUrl, optionsIn, parametersIn, serversIn } from './network-url.ts';

const FORM =
  /^jdbc:postgresql:(?:\/\/(?<hosts>[^/?]*)(?:\/(?<database>[^?]*))?|(?<alone>[^?/]*))(?:\?(?<options>.*))?$/s;

export const POSTGRESQL_PORT = 5432;

/** @returns undefined for another or a malformed URL */
export function parsePostgresqlUrl(url: string): NetworkUrl | undefined {
  const groups = FORM.exec(url)?.groups;
  const servers =
    groups === undefined
      ? undefined
      : serversIn(groups['hosts'] ?? '', { host: 'localhost', port: POSTGRESQL_PORT });
  if (groups === undefined || servers === undefined) {
    return undefined;
  }
  const options = optionsIn(groups['options']);
  return {
    kind: 'postgresql',
    scheme: 'jdbc:postgresql:',
    servers,
    database: formDecoded(groups['database'] ?? groups['alone'] ?? '') || undefined,
    options,
    parameters: parametersIn(options, formDecoded),
  };
}

/** Options that count more for the driver than what stands before them (org.postgresql.Driver, `parseURL`). */
export function leadsPostgresqlElsewhere(option: string): boolean {
  return /^(?:(?:PG)?(?:host|port|dbname)|service)(?:=|$)/i.test(option);
}
