/** How SQL Server is reached: what the inputs say, as arguments and environment of sqlcmd. */
import type { CommandRunner } from '../../host/command.ts';
import type { InputReader } from '../../inputs/reader.ts';
import { SEPARATOR } from './sqlcmd-output.ts';

export interface ConnectionInputs {
  /** A name or an address, with `\instance` behind it for a named instance. */
  readonly host: string;
  readonly port: number | undefined;
  /** Undefined: a trusted login, which is Kerberos outside of Windows. */
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly trustCertificate: boolean;
  /** Asked for by the JDBC URL. sqlcmd of version 18 encrypts by itself, older ones do not. */
  readonly encrypt?: boolean;
}

export interface Connection {
  readonly commands: CommandRunner;
  readonly inputs: ConnectionInputs;
  readonly sqlcmd: string;
  /** What administrators see as `host_name` in sys.dm_exec_sessions, and what our own sessions are known by. */
  readonly workstation: string;
}

export const DEFAULT_PORT = 1433;

export function readConnectionInputs(inputs: InputReader): ConnectionInputs {
  const host = inputs.optionalText('database-host');
  if (host !== undefined && (host.includes('://') || /[:,]\d+$/.test(host.replace(/^tcp:/, '')))) {
    inputs.problem('database-host', `is '${host}'; give the host alone, and the port as database-port.`);
  } else if (host?.startsWith('-') === true) {
    inputs.problem('database-host', `is '${host}'; no host begins with a dash.`);
  }
  const username = inputs.optionalText('database-username');
  const password = inputs.secret('database-password');
  if (username !== undefined && password === undefined) {
    inputs.problem(
      'database-password',
      'is empty, and database-username is given; set both, or neither for a trusted login.',
    );
  } else if (username === undefined && password !== undefined) {
    inputs.problem(
      'database-username',
      'is empty, and database-password is given; set both, or neither for a trusted login.',
    );
  }
  return {
    host: host ?? 'localhost',
    port: inputs.optionalInteger('database-port', { min: 1, max: 65_535 }),
    username,
    password,
    trustCertificate:
      inputs.boolean('database-trust-certificate') ||
      inputs.parameters['trustservercertificate']?.toLowerCase() === 'true',
    encrypt: ['true', 'strict', 'mandatory'].includes(inputs.parameters['encrypt']?.toLowerCase() ?? ''),
  };
}

/** `db.example.com:1433`; a named instance without a port has one that only the server's browser service knows. */
export function serverName({ host, port }: ConnectionInputs): string {
  return port === undefined && host.includes('\\') ? host : `${host}:${port ?? DEFAULT_PORT}`;
}

/** For sentences: `login 'bitbucket'`. */
export function loginName({ username }: ConnectionInputs): string {
  return username === undefined ? 'the trusted login of this machine' : `login '${username}'`;
}

/** Longer than the 8 s of the old sqlcmd, within which a busy server may not answer. */
const LOGIN_TIMEOUT_SECONDS = '15';

/** Characters; the largest that both take. */
const WIDEST = '65535';

/**
 * Options that both sqlcmds know ("sqlcmd utility"; go-sqlcmd's README, "Changes in behavior"): -b an error is an exit code,
 * -x no `$(variables)`, which may be part of a name, -W and -s for reading, -w so that no line is broken. Always into
 * `master`, which every login may enter: a database that is missing is then told as such, not as a failed login.
 */
export function sqlcmdArguments({ inputs, workstation }: Connection, scriptName: string): string[] {
  const { host, port, username, trustCertificate, encrypt = false } = inputs;
  return [
    '-S',
    port === undefined ? host : `${host},${port}`,
    ...loginArguments(username),
    ...(encrypt ? ['-N'] : []),
    ...(trustCertificate ? ['-C'] : []),
    '-H',
    workstation,
    '-d',
    'master',
    '-l',
    LOGIN_TIMEOUT_SECONDS,
    '-b',
    '-x',
    '-W',
    '-s',
    SEPARATOR,
    '-w',
    WIDEST,
    '-i',
    scriptName,
  ];
}

/** The old sqlcmd takes what begins with a dash for the next option, unless it hangs on its own one. */
function loginArguments(username: string | undefined): string[] {
  if (username === undefined) {
    return ['-E'];
  }
  return username.startsWith('-') ? [`-U${username}`] : ['-U', username];
}

/** The only place where the password travels. */
export function sqlcmdEnvironment({ password }: ConnectionInputs): Record<string, string> {
  return password === undefined ? {} : { SQLCMDPASSWORD: password };
}
