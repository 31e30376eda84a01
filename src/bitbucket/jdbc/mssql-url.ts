/**
 * SQL Server's JDBC URLs, of Microsoft's driver and of jTDS, which old Bitbucket versions brought along:
 * `jdbc:sqlserver://host\instance:port;databaseName=name;option=value` ("Building the connection URL" at
 * learn.microsoft.com) and `jdbc:jtds:sqlserver://host:port/name;instance=name;option=value` (jtds.sourceforge.net, FAQ).
 */
import { type NetworkUrl, serversIn } from './network-url.ts';

const MICROSOFT = /^(?<scheme>jdbc:sqlserver:)\/\/(?<server>[^;/]*)(?:;(?<options>.*))?$/s;
const JTDS =
  /^(?<scheme>jdbc:jtds:sqlserver:)\/\/(?<server>[^;/]*)(?:\/(?<database>[^;]*))?(?:;(?<options>.*))?$/s;

export const MSSQL_PORT = 1433;

/** Properties that name the server or the database, in lower case, with the one that stands for all of a kind. */
const NAMES = new Map([
  ['servername', 'servername'],
  ['server', 'servername'],
  ['portnumber', 'portnumber'],
  ['port', 'portnumber'],
  ['instancename', 'instance'],
  ['instance', 'instance'],
  ['databasename', 'databasename'],
  ['database', 'databasename'],
]);

/** @returns undefined for another or a malformed URL */
export function parseMssqlUrl(url: string): NetworkUrl | undefined {
  const groups = (MICROSOFT.exec(url) ?? JTDS.exec(url))?.groups;
  const options = groups === undefined ? undefined : splitOptions(groups['options'] ?? '');
  if (groups === undefined || options === undefined) {
    return undefined;
  }
  const parameters = new Map(options.map(nameAndValue));
  const place = (name: string): string | undefined => parameters.get(name) || undefined;
  const [, name = '', afterSlash, written] =
    /^([^\\]*?)(?:\\([^:]*))?(?::(\d+))?$/.exec(groups['server'] ?? '') ?? [];
  const port = written ?? place('portnumber');
  const host = name || (place('servername') ?? 'localhost');
  const servers = serversIn(port === undefined ? host : `${host}:${port}`, { host, port: MSSQL_PORT });
  if (servers === undefined || servers.length > 1) {
    return undefined;
  }
  const instance = afterSlash || place('instance');
  return {
    kind: 'mssql',
    scheme: groups['scheme'] ?? '',
    servers,
    ...(instance === undefined ? {} : { instance }),
    database: groups['database'] || place('databasename'),
    options,
    parameters,
  };
}

/** Options that say where the URL leads. */
export function placesMssql(option: string): boolean {
  return NAMES.has(option.split('=', 1).join('').trim().toLowerCase());
}

/** A value that `;`, a blank at its ends or a brace would end stands in braces, in which `}` is written twice. */
export function bracedValue(value: string): string {
  return /[;{}]|^\s|\s$/.test(value) ? `{${value.replaceAll('}', '}}')}}` : value;
}

/** At semicolons outside of braces. @returns undefined when a brace is not closed */
function splitOptions(text: string): readonly string[] | undefined {
  const options: string[] = [];
  for (let rest = text; rest !== ''; ) {
    const option = /^(?:[^={};]*=\s*\{(?:[^}]|\}\})*\}(?!\})\s*|[^;{]*)(?=;|$)/.exec(rest)?.[0];
    if (option === undefined) {
      return undefined;
    }
    if (option.trim() !== '') {
      options.push(option.trim());
    }
    rest = rest.slice(option.length + 1);
  }
  return options;
}

function nameAndValue(option: string): [string, string] {
  const equals = option.indexOf('=');
  const written = (equals < 0 ? option : option.slice(0, equals)).trim().toLowerCase();
  const value = equals < 0 ? '' : option.slice(equals + 1).trim();
  const inBraces = /^\{(.*)\}$/s.exec(value)?.[1];
  return [NAMES.get(written) ?? written, inBraces?.replaceAll('}}', '}') ?? value];
}
