/**
 * How psql and pg_dump are told where to connect. What the inputs give goes into one connection string, because libpq
 * lets that win over a service file and over its environment; everything else stays libpq's business, so that a password
 * file, a service, TLS settings and sockets work as in any other client
 * (https://www.postgresql.org/docs/current/libpq-connect.html, "Parameter Key Words").
 */

export interface ConnectionInputs {
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly database: string | undefined;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** Further keywords, such as `sslmode`; `port` is a list, for as many hosts. No secrets. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/**
 * libpq's documented variables (libpq, "Environment Variables", PostgreSQL 8.3 to 18). Left out on purpose:
 * PGCLIENTENCODING, which would change the encoding of the dump, and PGAPPNAME, because we say who we are.
 */
export const LIBPQ_VARIABLES = [
  'PGHOST',
  'PGHOSTADDR',
  'PGPORT',
  'PGDATABASE',
  'PGUSER',
  'PGPASSWORD',
  'PGPASSFILE',
  'PGREQUIREAUTH',
  'PGCHANNELBINDING',
  'PGSERVICE',
  'PGSERVICEFILE',
  'PGOPTIONS',
  'PGSSLMODE',
  'PGREQUIRESSL',
  'PGSSLNEGOTIATION',
  'PGSSLCOMPRESSION',
  'PGSSLCERT',
  'PGSSLKEY',
  'PGSSLCERTMODE',
  'PGSSLROOTCERT',
  'PGSSLCRL',
  'PGSSLCRLDIR',
  'PGSSLSNI',
  'PGREQUIREPEER',
  'PGSSLMINPROTOCOLVERSION',
  'PGSSLMAXPROTOCOLVERSION',
  'PGMINPROTOCOLVERSION',
  'PGMAXPROTOCOLVERSION',
  'PGGSSENCMODE',
  'PGKRBSRVNAME',
  'PGGSSLIB',
  'PGGSSDELEGATION',
  'PGCONNECT_TIMEOUT',
  'PGTARGETSESSIONATTRS',
  'PGLOADBALANCEHOSTS',
  'PGDATESTYLE',
  'PGTZ',
  'PGGEQO',
  'PGSYSCONFDIR',
  'PGLOCALEDIR',
] as const;

/** libpq waits for ever by default: a firewall that drops packets must not hold the run. */
const CONNECT_TIMEOUT_SECONDS = '10';

/**
 * A setting of the server, the database or the role must not end a dump, nor the session that holds its snapshot (FAULTS
 * P12). The others came later; an older server would refuse the connection over a name it does not know, so they wait
 * until its version is known. `since` is the first `server_version_num` that knows the name.
 */
const TIMEOUTS = [
  { name: 'statement_timeout', since: 0 },
  { name: 'lock_timeout', since: 90_300 },
  { name: 'idle_in_transaction_session_timeout', since: 90_600 },
  { name: 'transaction_timeout', since: 170_000 },
];

/** A value in libpq's quotes: whatever it holds, it is a value and nothing else. */
export function quoteConninfo(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

export interface ConninfoExtras {
  /** What administrators see in pg_stat_activity. */
  readonly applicationName: string;
  readonly clientEncoding?: string;
  /** A password file that must win over a password in a service file. */
  readonly passwordFile?: string;
}

/** The connection string. It shows in `ps`, so it never holds a password. */
export function conninfo(inputs: ConnectionInputs, extras: ConninfoExtras): string {
  const parts: [string, string][] = [];
  const add = (keyword: string, value: string | undefined): void => {
    if (value !== undefined) {
      parts.push([keyword, value]);
    }
  };
  if (inputs.host !== undefined) {
    add('host', inputs.host);
    // libpq prefers an address to a name; one from the environment or a service file is not the host that was asked for.
    add('hostaddr', '');
  }
  const { port, ...parameters } = inputs.parameters ?? {};
  add('port', inputs.port?.toString() ?? port);
  add('dbname', inputs.database);
  add('user', inputs.username);
  for (const [keyword, value] of Object.entries(parameters)) {
    add(keyword, value);
  }
  if (extras.passwordFile !== undefined) {
    // Empty, and thereby given: libpq then looks into the password file instead of the service file.
    add('password', '');
    add('passfile', extras.passwordFile);
  }
  add('application_name', extras.applicationName);
  add('client_encoding', extras.clientEncoding);
  // The first connection of a parallel restore idles while the others work; firewalls forget such connections.
  add('keepalives_idle', '60');
  return parts.map(([keyword, value]) => `${keyword}=${quoteConninfo(value)}`).join(' ');
}

/** libpq's part of a child's environment. The only place where a password travels. */
export function libpqEnvironment(
  inputs: ConnectionInputs,
  serverVersion?: number,
  own: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const environment: Record<string, string> = { PGCONNECT_TIMEOUT: CONNECT_TIMEOUT_SECONDS };
  for (const name of LIBPQ_VARIABLES) {
    const value = own[name];
    if (value !== undefined && value !== '') {
      environment[name] = value;
    }
  }
  if (inputs.password !== undefined) {
    environment['PGPASSWORD'] = inputs.password;
  }
  const known = TIMEOUTS.filter(({ since }) => since <= (serverVersion ?? 0));
  environment['PGOPTIONS'] = [environment['PGOPTIONS'], ...known.map(({ name }) => `-c ${name}=0`)]
    .filter((part) => part !== undefined)
    .join(' ');
  return environment;
}

/** `db.example.com:5432`, as far as it can be known without libpq's own defaults. */
export function serverName(inputs: ConnectionInputs, own: NodeJS.ProcessEnv = process.env): string {
  const service = own['PGSERVICE'] ? `the host of service '${own['PGSERVICE']}'` : undefined;
  const host = inputs.host ?? service ?? (own['PGHOST'] || own['PGHOSTADDR'] || 'the local default socket');
  const ports = inputs.parameters?.['port']?.split(',');
  if (inputs.host !== undefined && inputs.port === undefined && ports !== undefined) {
    return inputs.host
      .split(',')
      .map((one, index) => `${one}:${ports[index] ?? ''}`)
      .join(',');
  }
  const port = inputs.port?.toString() ?? (service === undefined ? own['PGPORT'] || '5432' : undefined);
  return port === undefined ? host : `${host}:${port}`;
}
