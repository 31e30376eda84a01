/**
 * Why SQL Server could not be asked: sqlcmd's words turned into a sentence with a cure. A login that fails carries no number
 * in the output of either sqlcmd, so the words decide; others end in the last sentence, with sqlcmd's own in it.
 */
import { ActionError } from '../../errors.ts';
import type { Finding } from '../../strategies/contract.ts';
import { type ConnectionInputs, loginName, serverName } from './connection.ts';
import { SqlError } from './sqlcmd.ts';

interface Reason {
  readonly words: RegExp;
  readonly subject: string;
  sentence(server: string, login: string): string;
}

const REASONS: readonly Reason[] = [
  {
    words: /untrusted domain|SSPI|Kerberos|GSS/i,
    subject: 'database-username',
    sentence: (server) =>
      `SQL Server at ${server} does not take the trusted login of this machine; get a Kerberos ticket for the runner, or set database-username and database-password.`,
  },
  {
    words: /Login failed for user/i,
    subject: 'database-password',
    sentence: (server, login) =>
      `SQL Server at ${server} rejected ${login}; check database-username and database-password.`,
  },
  {
    words: /certificate|SSL Provider|TLS/i,
    subject: 'database-trust-certificate',
    sentence: (server) =>
      `SQL Server at ${server} has a certificate that this machine does not trust; install its authority here, or set database-trust-certificate to true.`,
  },
];

/** @returns undefined when the server was reached and refused a statement: that is no matter of the connection. */
export function connectionFailure(error: unknown, inputs: ConnectionInputs): Finding | undefined {
  if (!(error instanceof ActionError)) {
    throw error;
  }
  if (error instanceof SqlError && error.messages.length > 0) {
    return undefined;
  }
  const said = error instanceof SqlError ? error.said : error.message.replace(/\.$/, '');
  const server = serverName(inputs);
  const reason = REASONS.find(({ words }) => words.test(said));
  const sentence =
    reason?.sentence(server, loginName(inputs)) ??
    `SQL Server at ${server} cannot be reached; check database-host and database-port, and that the server runs and lets this machine in.`;
  return {
    severity: 'error',
    subject: reason?.subject ?? 'database-host',
    message: `${sentence.replace(/\.$/, '')} (${said}).`,
  };
}
