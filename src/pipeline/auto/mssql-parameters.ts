/**
 * Properties of SQL Server's drivers that `sqlcmd` can be told as well ("Setting the connection properties" at
 * learn.microsoft.com; jtds.sourceforge.net, FAQ), by the names of Microsoft's driver in lower case.
 */
import type { NetworkDatabase } from '../../bitbucket/used-database.ts';

const PASSED = ['encrypt', 'trustservercertificate', 'integratedsecurity', 'hostnameincertificate'];

/** Ways to log in, and stores of certificates, that only Java knows. */
const IMPOSSIBLE = [
  'authentication',
  'authenticationscheme',
  'domain',
  'truststore',
  'keystoreauthentication',
  'failoverpartner',
  'usentlmv2',
];

export function mssqlParameters({ parameters }: NetworkDatabase): {
  readonly parameters: Record<string, string>;
  readonly ignored: readonly string[];
} {
  const given = (name: string): string | undefined => parameters.get(name) || undefined;
  const told = Object.fromEntries(
    PASSED.map((name) => [name, given(name)]).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
  // Of jTDS: request, require, authenticate.
  const ssl = given('ssl')?.toLowerCase();
  const encrypt = ssl === 'require' || ssl === 'authenticate' ? { encrypt: 'true' } : {};
  const ignored = IMPOSSIBLE.filter((name) => given(name) !== undefined && given(name) !== 'SqlPassword');
  return { parameters: { ...encrypt, ...told }, ignored: ignored.map((name) => `the parameter ${name}`) };
}
