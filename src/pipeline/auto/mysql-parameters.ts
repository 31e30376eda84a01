/**
 * Parameters of the drivers of MySQL and MariaDB in the words of the clients (Connector/J, "Security"; MariaDB Connector/J,
 * "TLS Parameters"). `ssl-mode` has the values of MySQL's client: DISABLED, PREFERRED, REQUIRED, VERIFY_CA, VERIFY_IDENTITY;
 * the strategy says it in the words of the client that it finds.
 */
import type { NetworkDatabase } from '../../bitbucket/used-database.ts';

const MODES: Readonly<Record<string, string>> = {
  // Connector/J
  DISABLED: 'DISABLED',
  PREFERRED: 'PREFERRED',
  REQUIRED: 'REQUIRED',
  VERIFY_CA: 'VERIFY_CA',
  VERIFY_IDENTITY: 'VERIFY_IDENTITY',
  // MariaDB Connector/J
  DISABLE: 'DISABLED',
  TRUST: 'REQUIRED',
  'VERIFY-CA': 'VERIFY_CA',
  'VERIFY-FULL': 'VERIFY_IDENTITY',
};

/** Key stores of Java; a certificate of MariaDB's in PEM is passed on. */
const IMPOSSIBLE = [
  'trustCertificateKeyStoreUrl',
  'clientCertificateKeyStoreUrl',
  'trustStore',
  'keyStore',
  'socketFactory',
];

export function mysqlParameters({ parameters }: NetworkDatabase): {
  readonly parameters: Record<string, string>;
  readonly ignored: readonly string[];
} {
  const told: Record<string, string> = {};
  const mode = MODES[parameters.get('sslMode')?.toUpperCase() ?? ''] ?? oldMode(parameters);
  if (mode !== undefined) {
    told['ssl-mode'] = mode;
  }
  const authority = parameters.get('serverSslCert');
  if (authority?.startsWith('/') === true) {
    told['ssl-ca'] = authority;
  }
  const ignored = IMPOSSIBLE.filter((name) => parameters.has(name));
  return { parameters: told, ignored: ignored.map((name) => `the parameter ${name}`) };
}

/** Before `sslMode` there were three switches. */
function oldMode(parameters: ReadonlyMap<string, string>): string | undefined {
  const isOn = (name: string): boolean => parameters.get(name)?.toLowerCase() === 'true';
  const use = parameters.get('useSSL') ?? parameters.get('useSsl');
  if (use === undefined) {
    return undefined;
  }
  if (use.toLowerCase() !== 'true') {
    return 'DISABLED';
  }
  if (isOn('verifyServerCertificate')) {
    return 'VERIFY_CA';
  }
  return isOn('requireSSL') || isOn('trustServerCertificate') ? 'REQUIRED' : 'PREFERRED';
}
