/**
 * Which database Bitbucket uses, as its `bitbucket.properties` says. Of secrets only the password is taken, and nothing that
 * could hold one is in a sentence: a URL can.
 */
import { isForeignDriver, parseJdbcUrl } from './jdbc-url.ts';
import { leadsPostgresqlElsewhere } from './jdbc/postgresql-url.ts';
import { type DatabaseKind, type NetworkUrl, unbracketed } from './jdbc/network-url.ts';

export interface NetworkDatabase {
  readonly kind: DatabaseKind;
  /** Without brackets. */
  readonly servers: readonly [
    { readonly host: string; readonly port: number },
    ...{ readonly host: string; readonly port: number }[],
  ];
  /** Of SQL Server: a named instance whose port the URL does not name. */
  readonly instance: string | undefined;
  readonly database: string | undefined;
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** What `password` is encrypted with, so that it is of no use here. */
  readonly decrypter: string | undefined;
  readonly parameters: ReadonlyMap<string, string>;
}

export type UsedDatabase = { readonly kind: 'internal' } | NetworkDatabase;

/** The rest of a sentence that begins with the file. */
export interface Unusable {
  readonly problem: string;
}

/** @param properties of the file; of equal keys the last one */
export function usedDatabase(properties: ReadonlyMap<string, string>): UsedDatabase | Unusable {
  const property = (key: string): string | undefined => properties.get(key)?.trim() || undefined;
  const url = property('jdbc.url');
  const driver = property('jdbc.driver');
  if (url === undefined) {
    return driver === undefined || driver === 'org.h2.Driver' || driver.startsWith('org.hsqldb.')
      ? { kind: 'internal' }
      : { problem: `names the driver ${driver} in jdbc.driver and no jdbc.url` };
  }
  if (driver !== undefined && isForeignDriver(driver, url)) {
    return {
      problem: `names the driver ${driver} in jdbc.driver, and jdbc.url begins with '${schemeOf(url)}'`,
    };
  }
  if (url.startsWith('jdbc:h2:')) {
    return isOwnFile(url)
      ? { kind: 'internal' }
      : { problem: 'names an H2 database in jdbc.url that is not the one in the home' };
  }
  if (url.includes('${')) {
    return { problem: 'has a placeholder ${...} in jdbc.url, which only Bitbucket can fill' };
  }
  const parsed = parseJdbcUrl(url);
  if (parsed === undefined) {
    return { problem: unreadableUrl(url) };
  }
  return elsewhere(parsed) ?? networkDatabase(parsed, properties);
}

/** What the inputs have to be asked for, too. */
function networkDatabase(url: NetworkUrl, properties: ReadonlyMap<string, string>): NetworkDatabase {
  const { kind, servers, instance, database, parameters } = url;
  const [first, ...rest] = servers.map(({ host, port }) => ({ host: unbracketed(host), port }));
  if (first === undefined) {
    throw new TypeError('A URL has a server.');
  }
  const inUrl = (...names: string[]): string | undefined =>
    names.map((name) => parameters.get(name)).find((value) => value !== undefined && value !== '');
  const beside = (key: string): string | undefined => properties.get(key) || undefined;
  // PostgreSQL's driver believes the URL, the others what they are told beside it.
  const [urlUser, urlPassword] = [inUrl('user', 'username', 'userName'), inUrl('password')];
  const [user, password] =
    kind === 'postgresql'
      ? [urlUser ?? beside('jdbc.user'), urlPassword ?? beside('jdbc.password')]
      : [beside('jdbc.user') ?? urlUser, beside('jdbc.password') ?? urlPassword];
  return {
    kind,
    servers: [first, ...rest],
    instance: url.servers[0].portGiven ? undefined : instance,
    // As the driver does, which takes the user's name where the URL has none.
    database: database ?? (kind === 'postgresql' ? user : undefined),
    user,
    password,
    decrypter:
      beside('jdbc.password.decrypter.classname')?.trim() ??
      (password === ATLASSIAN_SECURED ? 'a secret store' : undefined),
    parameters,
  };
}

/** Stands in place of a password that Atlassian's products keep elsewhere. */
const ATLASSIAN_SECURED = '{ATL_SECURED}';

/** The file in the home that Bitbucket takes by itself; its own URL begins with a placeholder for the home. */
function isOwnFile(url: string): boolean {
  const [path = ''] = url.slice('jdbc:h2:'.length).split(';');
  return /(?:^|\/)data\/db$/.test(path) && !/^(?:tcp|ssl|mem|zip):/.test(path);
}

function elsewhere(url: NetworkUrl): Unusable | undefined {
  const option = url.kind === 'postgresql' ? url.options.find(leadsPostgresqlElsewhere) : undefined;
  if (option !== undefined) {
    return {
      problem: `has the parameter ${option.split('=', 1).join('')} in jdbc.url, which names the server in another way`,
    };
  }
  if (url.kind !== 'postgresql' && (url.servers.length > 1 || url.mode !== undefined)) {
    return {
      problem: `names several servers in jdbc.url (${url.servers.map(({ host, port }) => `${host}:${port}`).join(', ')})`,
    };
  }
  return url.kind !== 'postgresql' && url.database === undefined
    ? { problem: 'names no database in jdbc.url' }
    : undefined;
}

function unreadableUrl(url: string): string {
  if (url.startsWith('jdbc:oracle:')) {
    return 'names an Oracle database in jdbc.url, for which there is no strategy of its own';
  }
  return `has a jdbc.url that begins with '${schemeOf(url)}' and cannot be understood`;
}

/** Up to where hosts, and with them secrets, may begin. */
function schemeOf(url: string): string {
  return /^[a-z][\w+-]*:(?:[a-z][\w+-]*:)*/i.exec(url)?.[0].slice(0, 40) ?? 'something else than jdbc:';
}
