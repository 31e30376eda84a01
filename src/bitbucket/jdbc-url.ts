/**
 * PostgreSQL's JDBC URL (jdbc.postgresql.org, "Connecting to the Database"): `jdbc:postgresql://host:port/database?options`,
 * where host and port may be left out, and several hosts be given.
 */

export interface JdbcTarget {
  /** Undefined for a server on this machine by its socket, which JDBC cannot use. */
  readonly host: string | undefined;
  readonly port: number;
  readonly database: string;
}

const FORM =
  /^jdbc:postgresql:(?:\/\/(?<hosts>[^/?]*)(?:\/(?<database>[^?]*))?|(?<alone>[^?/]*))(?:\?(?<options>.*))?$/;

const DEFAULT_PORT = 5432;
const LOCAL = ['localhost', '127.0.0.1', '[::1]'];

/** Does the URL lead to this database? Host names are compared as they are written. */
export function leadsTo(url: string, target: JdbcTarget): boolean {
  const parsed = parse(url);
  if (parsed === undefined || parsed.hosts.length !== 1 || parsed.options.some(leadsElsewhere)) {
    return false;
  }
  const [{ host, port } = { host: '', port: 0 }] = parsed.hosts;
  const sameHost =
    target.host === undefined
      ? LOCAL.includes(host.toLowerCase())
      : host.toLowerCase() === bracketed(target.host).toLowerCase() ||
        (LOCAL.includes(host.toLowerCase()) && LOCAL.includes(bracketed(target.host).toLowerCase()));
  return sameHost && port === target.port && parsed.database === target.database;
}

/** The URL for this database, with the options of the one before. */
export function jdbcUrlFor(target: JdbcTarget, before: string | undefined): string {
  const kept = (before === undefined ? [] : (parse(before)?.options ?? [])).filter(
    (option) => !leadsElsewhere(option),
  );
  const options = kept.length === 0 ? '' : `?${kept.join('&')}`;
  const host = bracketed(target.host ?? 'localhost');
  return `jdbc:postgresql://${host}:${target.port}/${encodeURIComponent(target.database)}${options}`;
}

/** Options that count more for the driver than what stands before them (org.postgresql.Driver, `parseURL`). */
function leadsElsewhere(option: string): boolean {
  return /^(?:(?:PG)?(?:host|port|dbname)|service)(?:=|$)/i.test(option);
}

interface ParsedUrl {
  readonly hosts: readonly { readonly host: string; readonly port: number }[];
  readonly database: string;
  /** Such as `ssl=true`. */
  readonly options: readonly string[];
}

function parse(url: string): ParsedUrl | undefined {
  const groups = FORM.exec(url)?.groups;
  if (groups === undefined) {
    return undefined;
  }
  const hosts = (groups['hosts'] || 'localhost').split(',').map((text) => {
    const [, host = text, port] = /^(.*?)(?::(\d+))?$/.exec(text) ?? [];
    return { host, port: port === undefined ? DEFAULT_PORT : Number(port) };
  });
  return {
    hosts,
    database: decoded(groups['database'] ?? groups['alone'] ?? ''),
    options: (groups['options'] ?? '').split('&').filter((option) => option !== ''),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** An IPv6 address stands in brackets. */
function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
