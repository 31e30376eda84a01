/**
 * Why psql could not ask: libpq's words turned into a sentence with a cure. A refused connection carries no SQLSTATE in
 * psql's output, so the words decide; a server that speaks another language ends in the last sentence, with its words in it.
 */
import { CommandError } from '../../host/command-error.ts';
import { printable } from '../../host/log.ts';
import type { Finding } from '../../strategies/contract.ts';

export interface Target {
  /** Such as `db.example.com:5432`. */
  readonly server: string;
  /** As far as the inputs name them. */
  readonly user: string;
  readonly database: string;
}

interface Reason {
  readonly words: RegExp;
  readonly subject: string;
  sentence(target: Target): string;
}

/** Order counts: with `sslmode=prefer` libpq reports two attempts, and the one that got furthest says more. */
const REASONS: readonly Reason[] = [
  {
    words: /fe_sendauth: no password supplied/,
    subject: 'database-password',
    sentence: ({ server, user }) =>
      `PostgreSQL at ${server} wants a password of ${user} and none was given; set database-password, or a password file or service of libpq.`,
  },
  {
    words:
      /password authentication failed|authentication failed for user|authentication method .* requirement/,
    subject: 'database-password',
    sentence: ({ server, user }) =>
      `PostgreSQL at ${server} rejected ${user}; check database-username and database-password.`,
  },
  {
    words: /role ".*" does not exist|is not permitted to log in/,
    subject: 'database-username',
    sentence: ({ server, user }) =>
      `PostgreSQL at ${server} has no login for ${user}; correct database-username.`,
  },
  {
    words: /no pg_hba\.conf entry|pg_hba\.conf rejects/,
    subject: 'database-host',
    sentence: ({ server, user, database }) =>
      `PostgreSQL at ${server} does not let ${user} into ${database} from this runner; add the runner to its pg_hba.conf, or change PGSSLMODE if it wants TLS.`,
  },
  {
    words: /database ".*" does not exist/,
    subject: 'database-name',
    sentence: ({ server, database }) => `PostgreSQL at ${server} has no ${database}; correct database-name.`,
  },
  {
    words: /permission denied for database/,
    subject: 'database-username',
    sentence: ({ user, database }) =>
      `${capitalized(user)} may not connect to ${database}; grant it CONNECT, or give the user that Bitbucket uses as database-username.`,
  },
  {
    words: /too many (clients|connections)|remaining connection slots|no more connections allowed/,
    subject: 'database-host',
    sentence: ({ server }) =>
      `PostgreSQL at ${server} has no connection left; raise max_connections, or the limit of the role or the database.`,
  },
  {
    words: /unsupported startup parameter/,
    subject: 'database-host',
    sentence: ({ server }) =>
      `A connection pooler at ${server} refuses session settings, without which a timeout can end the dump; set database-host and database-port to the server itself.`,
  },
  {
    words: /the database system is|not yet accepting connections/,
    subject: 'database-host',
    sentence: ({ server }) =>
      `PostgreSQL at ${server} is starting, stopping or recovering; try again when it runs.`,
  },
  {
    words: /definition of service|service file/,
    subject: 'PGSERVICE',
    sentence: () => 'The service that PGSERVICE names cannot be read; correct PGSERVICE or PGSERVICEFILE.',
  },
  {
    words: /certificate|SSL/,
    subject: 'PGSSLMODE',
    sentence: ({ server }) =>
      `TLS with PostgreSQL at ${server} failed; check PGSSLMODE and PGSSLROOTCERT in the environment of the step.`,
  },
  {
    words: /could not translate host name/,
    subject: 'database-host',
    sentence: ({ server }) => `The host of ${server} is not known to this runner; correct database-host.`,
  },
];

const OTHERWISE = ({ server }: Target): string =>
  `PostgreSQL at ${server} cannot be reached; check database-host and database-port, and that the server runs and lets this runner in.`;

/** @returns undefined when psql was connected and failed later: that is no matter of the connection. */
export function connectionFailure(error: unknown, target: Target): Finding | undefined {
  if (!(error instanceof CommandError) || error.exitCode !== 2) {
    return undefined;
  }
  const said = error.stderr.join(' ');
  const reason = REASONS.find(({ words }) => words.test(said));
  const sentence = reason?.sentence(target) ?? OTHERWISE(target);
  return {
    severity: 'error',
    subject: reason?.subject ?? 'database-host',
    message: `${sentence.replace(/\.$/, '')} (${lastAttempt(error.stderr)}).`,
  };
}

/** libpq's own words, without psql's name before and in one line. */
function lastAttempt(stderr: readonly string[]): string {
  return stderr
    .map((line) => printable(line).trim())
    .filter((line) => line !== '')
    .join(' ')
    .replace(/^\S*psql: (error: )?/, '')
    .replace(/\.$/, '');
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
