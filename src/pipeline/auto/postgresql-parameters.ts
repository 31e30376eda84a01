/**
 * Parameters of PostgreSQL's JDBC driver in the words of libpq (jdbc.postgresql.org, "Connection Parameters"; libpq,
 * "Parameter Key Words"). What changes neither where the connection leads nor who may listen is left out: timeouts, pools,
 * `currentSchema` (the whole database is dumped).
 */
import type { NetworkDatabase } from '../../bitbucket/used-database.ts';

/** The same words with the same values. */
const SAME: Readonly<Record<string, string>> = {
  sslmode: 'sslmode',
  sslrootcert: 'sslrootcert',
  sslcert: 'sslcert',
  sslkey: 'sslkey',
  channelBinding: 'channel_binding',
  gssEncMode: 'gssencmode',
  kerberosServerName: 'krbsrvname',
};

/** `read-write` is understood by every libpq that knows the word at all (10); `standby` since 14. */
const SESSIONS: Readonly<Record<string, string>> = {
  primary: 'read-write',
  master: 'read-write',
  secondary: 'standby',
  slave: 'standby',
  preferSecondary: 'prefer-standby',
  preferSlave: 'prefer-standby',
};

const NOT_VALIDATING = 'org.postgresql.ssl.NonValidatingFactory';
const LIBPQ_LIKE = 'org.postgresql.ssl.LibPQFactory';
const OF_JAVA = 'org.postgresql.ssl.DefaultJavaSSLFactory';

/** They would need Java, or a secret on the command line. */
const IMPOSSIBLE = [
  'sslpassword',
  'sslpasswordcallback',
  'sslhostnameverifier',
  'socketFactory',
  'socketFactoryArg',
  'authenticationPluginClassName',
];

export function postgresqlParameters({ parameters, servers }: NetworkDatabase): {
  readonly parameters: Record<string, string>;
  readonly ignored: readonly string[];
} {
  const told: Record<string, string> = {};
  const ignored = IMPOSSIBLE.filter((name) => parameters.has(name));
  for (const [name, word] of Object.entries(SAME)) {
    const value = parameters.get(name);
    if (value === undefined || value === '') {
      continue;
    }
    if (name === 'sslkey' && /\.(?:p12|pfx)$/i.test(value)) {
      ignored.push('sslkey');
    } else {
      told[word] = value;
    }
  }
  const factory = parameters.get('sslfactory');
  if (factory !== undefined && factory !== NOT_VALIDATING && factory !== LIBPQ_LIKE) {
    ignored.push('sslfactory');
  }
  told['sslmode'] ??= sslMode(parameters, factory);
  const session = SESSIONS[parameters.get('targetServerType') ?? ''];
  if (session !== undefined && servers.length > 1) {
    told['target_session_attrs'] = session;
  }
  return { parameters: withoutEmpty(told), ignored: ignored.map((name) => `the parameter ${name}`) };
}

/** `ssl=true`, or `ssl` alone, checks the certificate unless the factory says that nobody does. */
function sslMode(parameters: ReadonlyMap<string, string>, factory: string | undefined): string {
  const ssl = parameters.get('ssl');
  if (ssl !== '' && ssl !== 'true') {
    return '';
  }
  // libpq does not know the authorities of Java.
  return factory === NOT_VALIDATING || factory === OF_JAVA ? 'require' : 'verify-full';
}

function withoutEmpty(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}
