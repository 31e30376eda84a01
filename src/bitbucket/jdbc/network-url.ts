/** What the JDBC URLs of all database servers have in common. */

export type DatabaseKind = 'postgresql' | 'mysql' | 'mssql';

export interface UrlServer {
  /** As it is written; an IPv6 address in brackets. */
  readonly host: string;
  /** The default one of the database when none is written. */
  readonly port: number;
  /** False for a default port. */
  readonly portGiven: boolean;
}

/** A URL, taken apart. */
export interface NetworkUrl {
  readonly kind: DatabaseKind;
  /** What it begins with, such as `jdbc:mariadb:`. */
  readonly scheme: string;
  readonly servers: readonly [UrlServer, ...UrlServer[]];
  /** Of SQL Server: a named instance. */
  readonly instance?: string;
  /** Undefined when the URL names none. */
  readonly database: string | undefined;
  /** As they are written, such as `ssl=true`. */
  readonly options: readonly string[];
  /** The same by name, decoded; names of SQL Server's in lower case, because its drivers do not tell them apart. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Words before the servers that make it something else than one plain server, such as `replication`. */
  readonly mode?: string;
}

export function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}

/** @returns undefined for what is no list of `host`, `host:port`, `[ipv6]` or `[ipv6]:port` */
export function serversIn(
  text: string,
  defaults: { readonly host: string; readonly port: number },
): readonly [UrlServer, ...UrlServer[]] | undefined {
  const servers = text.split(',').map((one): UrlServer | undefined => {
    const form = /^(?<host>\[[0-9A-Fa-f:.%\w]+\]|[^:[\]]*)(?::(?<port>\d{1,5}))?$/.exec(one.trim());
    const port = form?.groups?.['port'];
    return form === null || (port !== undefined && !isPort(Number(port)))
      ? undefined
      : {
          host: form.groups?.['host'] || defaults.host,
          port: port === undefined ? defaults.port : Number(port),
          portGiven: port !== undefined,
        };
  });
  const [first, ...rest] = servers.filter((server) => server !== undefined);
  return first === undefined || rest.length + 1 < servers.length ? undefined : [first, ...rest];
}

/** `a=b&c`: as they are written, without empty ones. */
export function optionsIn(query: string | undefined): readonly string[] {
  return (query ?? '').split('&').filter((option) => option !== '');
}

/** The last of equal names counts. @param decode of names and values */
export function parametersIn(
  options: readonly string[],
  decode: (text: string) => string,
): ReadonlyMap<string, string> {
  return new Map(
    options.map((option) => {
      const equals = option.indexOf('=');
      return equals < 0
        ? [decode(option), '']
        : [decode(option.slice(0, equals)), decode(option.slice(equals + 1))];
    }),
  );
}

/** `%20` is a blank. What cannot be decoded stays as it is. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** As java.net.URLDecoder reads it, which takes a plus for a blank. */
export function formDecoded(text: string): string {
  return decoded(text.replaceAll('+', '%20'));
}

/** An IPv6 address stands in brackets in a URL, */
export function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}

/** and without them everywhere else. */
export function unbracketed(host: string): string {
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
}
