/** JDBC URLs of the databases that Bitbucket runs on: where one leads, and the one that leads to a given database. */
import { bracedValue, MSSQL_PORT, parseMssqlUrl, placesMssql } from './jdbc/mssql-url.ts';
import { parseMysqlUrl } from './jdbc/mysql-url.ts';
import { bracketed, type DatabaseKind, type NetworkUrl } from './jdbc/network-url.ts';
import { leadsPostgresqlElsewhere, parsePostgresqlUrl } from './jdbc/postgresql-url.ts';

export interface JdbcTarget {
  readonly kind: DatabaseKind;
  /** Undefined for a server on this machine by its socket, which JDBC cannot use. */
  readonly host: string | undefined;
  readonly port: number;
  readonly database: string;
}

const LOCAL = ['localhost', '127.0.0.1', '[::1]'];

/** @returns undefined for a URL of another kind of database, or one that nobody can read */
export function parseJdbcUrl(url: string): NetworkUrl | undefined {
  return parsePostgresqlUrl(url) ?? parseMysqlUrl(url) ?? parseMssqlUrl(url);
}

/** Does the URL lead to this database, and to no other? Host names are compared as they are written. */
export function leadsTo(url: string, target: JdbcTarget): boolean {
  const parsed = parseJdbcUrl(url);
  if (parsed?.kind !== target.kind || parsed.servers.length !== 1 || parsed.mode !== undefined) {
    return false;
  }
  // Which port a named instance has only the server knows.
  const [{ host, port, portGiven }] = parsed.servers;
  const isUnknown = parsed.instance !== undefined && !portGiven;
  return (
    !parsed.options.some((option) => target.kind === 'postgresql' && leadsPostgresqlElsewhere(option)) &&
    !isUnknown &&
    isSameHost(host, target.host) &&
    port === target.port &&
    isSameDatabase(target.kind, parsed.database, target.database)
  );
}

/** @param target undefined for a socket on this machine */
export function isSameHost(host: string, target: string | undefined): boolean {
  const [one, other] = [bracketed(host), bracketed(target ?? 'localhost')].map((name) => name.toLowerCase());
  return one === other || (LOCAL.includes(one ?? '') && LOCAL.includes(other ?? ''));
}

/** SQL Server names databases by the collation of the server, which as a rule does not tell upper from lower case. */
export function isSameDatabase(kind: DatabaseKind, one: string | undefined, other: string): boolean {
  return kind === 'mssql' ? one?.toLowerCase() === other.toLowerCase() : one === other;
}

/**
 * The URL for this database, with the options of the one before.
 * @param driver as `jdbc.driver` names it: it decides between URLs where there are two kinds of them
 */
export function jdbcUrlFor(target: JdbcTarget, before: string | undefined, driver?: string): string {
  const parsed = before === undefined ? undefined : parseJdbcUrl(before);
  const fitting = parsed?.kind === target.kind ? parsed : undefined;
  switch (target.kind) {
    case 'postgresql':
      return postgresqlUrl(target, fitting);
    case 'mysql':
      return mysqlUrl(target, fitting, driver);
    case 'mssql':
      return mssqlUrl(target, fitting, driver);
  }
}

function postgresqlUrl(target: JdbcTarget, before: NetworkUrl | undefined): string {
  const kept = (before?.options ?? []).filter((option) => !leadsPostgresqlElsewhere(option));
  const options = kept.length === 0 ? '' : `?${kept.join('&')}`;
  return `jdbc:postgresql://${serverOf(target)}/${encodeURIComponent(target.database)}${options}`;
}

/** Without them the driver of MySQL does not speak UTF-8 with an old server. */
const MYSQL_OPTIONS = ['useUnicode=true', 'characterEncoding=utf8'];

function mysqlUrl(target: JdbcTarget, before: NetworkUrl | undefined, driver: string | undefined): string {
  const scheme = before?.scheme ?? (driver === MARIADB ? 'jdbc:mariadb:' : 'jdbc:mysql:');
  const kept = before?.options ?? (scheme === 'jdbc:mysql:' ? MYSQL_OPTIONS : []);
  const options = kept.length === 0 ? '' : `?${kept.join('&')}`;
  return `${scheme}//${serverOf(target)}/${encodeURIComponent(target.database)}${options}`;
}

function mssqlUrl(target: JdbcTarget, before: NetworkUrl | undefined, driver: string | undefined): string {
  const scheme = before?.scheme ?? (driver === JTDS ? 'jdbc:jtds:sqlserver:' : 'jdbc:sqlserver:');
  const isJtds = scheme === 'jdbc:jtds:sqlserver:';
  const kept = (before?.options ?? []).filter((option) => !placesMssql(option));
  const database = isJtds ? [] : [`databaseName=${bracedValue(target.database)}`];
  const server = `${scheme}//${serverOf({ ...target, port: target.port || MSSQL_PORT })}`;
  return [isJtds ? `${server}/${target.database}` : server, ...database, ...kept].join(';');
}

function serverOf({ host, port }: Pick<JdbcTarget, 'host' | 'port'>): string {
  return `${bracketed(host ?? 'localhost')}:${port}`;
}

const MARIADB = 'org.mariadb.jdbc.Driver';
const JTDS = 'net.sourceforge.jtds.jdbc.Driver';

/** By what the URL begins with: the drivers that take it, the one to be preferred first. */
const DRIVERS: readonly (readonly [string, readonly [string, ...string[]]])[] = [
  ['jdbc:postgresql:', ['org.postgresql.Driver']],
  ['jdbc:mysql:', ['com.mysql.cj.jdbc.Driver', 'com.mysql.jdbc.Driver', MARIADB]],
  ['jdbc:mariadb:', [MARIADB]],
  ['jdbc:sqlserver:', ['com.microsoft.sqlserver.jdbc.SQLServerDriver']],
  ['jdbc:jtds:sqlserver:', [JTDS]],
  ['jdbc:oracle:', ['oracle.jdbc.OracleDriver', 'oracle.jdbc.driver.OracleDriver']],
  ['jdbc:h2:', ['org.h2.Driver']],
  ['jdbc:hsqldb:', ['org.hsqldb.jdbcDriver', 'org.hsqldb.jdbc.JDBCDriver']],
];

/** The drivers that take the URL; undefined for one that nobody here knows. */
export function driversFor(url: string): readonly [string, ...string[]] | undefined {
  return DRIVERS.find(([scheme]) => url.startsWith(scheme))?.[1];
}

/** One that belongs to another kind of URL. What is not known may wrap any other. */
export function isForeignDriver(driver: string, url: string): boolean {
  const isKnown = DRIVERS.some(([, drivers]) => drivers.includes(driver));
  return isKnown && driversFor(url)?.includes(driver) === false;
}
