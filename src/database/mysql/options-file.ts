/**
 * How MySQL's and MariaDB's clients are told where to connect: by an option file, because a password in it shows nowhere else
 * (their manuals, "Using Option Files"). 0600, in a private folder, gone when the program has ended.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withPrivateFolder } from '../../host/private-folder.ts';

export interface ConnectionInputs {
  /** A name, an address, or the path of a socket. */
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly database: string | undefined;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** An option file of the administrator, whose `[client]` group says what has no input of its own, such as TLS. */
  readonly optionsFile: string | undefined;
  /** `ssl-mode` as MySQL's client has it (DISABLED, PREFERRED, REQUIRED, VERIFY_CA, VERIFY_IDENTITY), and `ssl-ca`. No secrets. */
  readonly parameters?: Readonly<Record<string, string>>;
}

export const DEFAULT_PORT = 3306;

/** The clients wait long by default: a firewall that drops packets must not hold the run. Their dump programs do not know it. */
const CONNECT_TIMEOUT_SECONDS = 10;

/** Calls `use` with the file's path while the file exists. */
export async function withOptionsFile<T>(
  inputs: ConnectionInputs,
  use: (path: string) => Promise<T>,
): Promise<T> {
  return await withPrivateFolder(async (folder) => {
    const path = join(folder, 'my.cnf');
    await writeFile(path, optionsText(inputs), { mode: 0o600, flag: 'wx' });
    return await use(path);
  });
}

/** Later lines win, so that the inputs win over the administrator's file, and that over what stands before. */
export function optionsText(inputs: ConnectionInputs): string {
  const { host, port, username, password, optionsFile, parameters = {} } = inputs;
  const lines = [...tlsLines(parameters), ...(optionsFile === undefined ? [] : [`!include ${optionsFile}`])];
  lines.push('[client]');
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined) {
      lines.push(`${name}=${quoteOption(value)}`);
    }
  };
  add('user', username);
  add('password', password);
  if (isSocket(host)) {
    add('socket', host);
  } else {
    add('host', host);
    add('port', port?.toString());
    // With `localhost` the clients take the socket and leave the port alone that somebody has given.
    add('protocol', port === undefined ? undefined : 'tcp');
  }
  lines.push('[mysql]', `connect-timeout=${CONNECT_TIMEOUT_SECONDS}`);
  // Its client prints a statement that failed, rows and all; they would come into the log.
  lines.push('[mariadb-client]', 'loose-skip-print-query-on-error', '');
  return lines.join('\n');
}

/** MariaDB's clients read a group of their own besides, and take `loose-` options that they do not know for a warning. */
function tlsLines(parameters: Readonly<Record<string, string>>): string[] {
  const mode = parameters['ssl-mode'];
  const authority = parameters['ssl-ca'];
  const common = [
    ...(mode === undefined ? [] : [`loose-ssl-mode=${quoteOption(mode)}`]),
    ...(authority === undefined ? [] : [`ssl-ca=${quoteOption(authority)}`]),
  ];
  const mariadb = mariadbTls(mode);
  return [
    ...(common.length === 0 ? [] : ['[client]', ...common]),
    ...(mariadb.length === 0 ? [] : ['[client-mariadb]', ...mariadb]),
  ];
}

/** Without any of these its clients do as its version has it: no TLS before 11.4, and a verified one since. */
function mariadbTls(mode: string | undefined): readonly string[] {
  switch (mode) {
    case 'DISABLED':
      return ['skip-ssl'];
    case 'REQUIRED':
    case 'VERIFY_CA':
      return ['ssl', 'skip-ssl-verify-server-cert'];
    case 'VERIFY_IDENTITY':
      return ['ssl', 'ssl-verify-server-cert'];
    case undefined:
    default:
      return [];
  }
}

/** In the quotes of option files a `#` begins no comment and spaces stay; the escapes are those of the manual. */
export function quoteOption(value: string): string {
  const escaped = value
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return `"${escaped}"`;
}

export function isSocket(host: string | undefined): host is string {
  return host?.startsWith('/') === true;
}

/** `db.example.com:3306`, or the path of the socket. */
export function serverName({ host, port }: ConnectionInputs): string {
  if (isSocket(host)) {
    return host;
  }
  return host === undefined && port === undefined
    ? 'the local default socket'
    : `${host ?? 'localhost'}:${port ?? DEFAULT_PORT}`;
}
