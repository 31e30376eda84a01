/** Why the client could not ask: the error's number turned into a sentence with a cure. Numbers stay the same in every language. */
import { CommandError } from '../../host/command-error.ts';
import type { Finding } from '../../strategies/contract.ts';
import { clientErrors } from './client-errors.ts';

export interface Target {
  /** Such as `db.example.com:3306`. */
  readonly server: string;
  /** As far as the inputs name them. */
  readonly user: string;
  readonly database: string;
}

interface Reason {
  readonly numbers: readonly number[];
  readonly subject: string;
  sentence(target: Target): string;
}

/** "Server Error Message Reference" and "Client Error Message Reference" of MySQL's manual, and MariaDB's list of errors. */
const REASONS: readonly Reason[] = [
  {
    numbers: [1045, 1698],
    subject: 'database-password',
    sentence: ({ server, user }) =>
      `The database server at ${server} rejected ${user}; check database-username and database-password`,
  },
  {
    numbers: [1044],
    subject: 'database-username',
    sentence: ({ server, user, database }) =>
      `The database server at ${server} does not let ${user} into ${database}; grant it the rights, or give the user that Bitbucket uses as database-username`,
  },
  {
    numbers: [1049],
    subject: 'database-name',
    sentence: ({ server, database }) =>
      `The database server at ${server} has no ${database}; correct database-name`,
  },
  {
    numbers: [1129, 1130],
    subject: 'database-host',
    sentence: ({ server, user }) =>
      `The database server at ${server} does not let ${user} in from this machine; create the user for this host`,
  },
  {
    numbers: [1040, 1203, 1226],
    subject: 'database-host',
    sentence: ({ server }) =>
      `The database server at ${server} has no connection left; raise max_connections, or the limit of the user`,
  },
  {
    numbers: [1820, 1862, 3118, 4151],
    subject: 'database-username',
    sentence: ({ server, user }) =>
      `The database server at ${server} has locked ${user} out or wants a new password of it; unlock it`,
  },
  {
    numbers: [1251, 2059, 2061],
    subject: 'database-username',
    sentence: ({ user }) =>
      `The client on this machine does not know the way in which ${user} has to prove itself; install the client of the server's own version`,
  },
  {
    numbers: [2026, 3159],
    subject: 'database-options-file',
    sentence: ({ server }) =>
      `TLS with the database server at ${server} failed or is missing; set ssl options in the file that database-options-file names`,
  },
  {
    numbers: [2005],
    subject: 'database-host',
    sentence: ({ server }) => `The host of ${server} is not known to this machine; correct database-host`,
  },
];

const OTHERWISE = ({ server }: Target): string =>
  `The database server at ${server} cannot be reached; check database-host and database-port, and that the server runs and lets this machine in`;

/** @returns undefined when the client was connected and failed later: that is no matter of the connection. */
export function connectionFailure(error: unknown, target: Target): Finding | undefined {
  if (!(error instanceof CommandError)) {
    return undefined;
  }
  const [first] = clientErrors(error.stderr);
  if (first === undefined || first.line !== undefined) {
    return undefined;
  }
  const reason = REASONS.find(({ numbers }) => numbers.includes(first.number));
  const sentence = reason?.sentence(target) ?? OTHERWISE(target);
  return {
    severity: 'error',
    subject: reason?.subject ?? 'database-host',
    message: `${sentence} (${first.words.replace(/\.$/, '')}).`,
  };
}
