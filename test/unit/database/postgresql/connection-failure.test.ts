import { expect, it } from 'vitest';
import { connectionFailure } from '../../../../src/database/postgresql/connection-failure.ts';
import { CommandError } from '../../../../src/host/command-error.ts';

const TARGET = { server: 'db:5432', user: "user 'bb'", database: "database 'bitbucket'" };
const AT = 'connection to server at "db" (10.0.0.5), port 5432 failed: ';

function psqlSaid(words: string, exitCode = 2): CommandError {
  const stderr = [`psql: error: ${words}`];
  return new CommandError('COMMAND_FAILED', `psql failed: ${words}`, {
    program: 'psql',
    exitCode,
    signal: null,
    stderr,
  });
}

it.each([
  [`${AT}fe_sendauth: no password supplied`, 'database-password', 'none was given'],
  [`${AT}FATAL:  password authentication failed for user "bb"`, 'database-password', "rejected user 'bb'"],
  [`${AT}FATAL:  Peer authentication failed for user "bb"`, 'database-password', 'rejected'],
  [`${AT}FATAL:  role "bb" does not exist`, 'database-username', 'no login'],
  [
    `${AT}FATAL:  no pg_hba.conf entry for host "10.0.0.9", user "bb", database "bitbucket", no encryption`,
    'database-host',
    'pg_hba.conf',
  ],
  [`${AT}FATAL:  database "bitbucket" does not exist`, 'database-name', "has no database 'bitbucket'"],
  [`${AT}FATAL:  permission denied for database "bitbucket"`, 'database-username', 'CONNECT'],
  [`${AT}FATAL:  sorry, too many clients already`, 'database-host', 'max_connections'],
  [`${AT}FATAL:  unsupported startup parameter: options`, 'database-host', 'pooler'],
  [`${AT}FATAL:  the database system is starting up`, 'database-host', 'starting'],
  ['definition of service "x" not found', 'PGSERVICE', 'PGSERVICE'],
  [`${AT}server does not support SSL, but SSL was required`, 'PGSSLMODE', 'TLS'],
  [`${AT}SSL error: certificate verify failed`, 'PGSSLMODE', 'PGSSLROOTCERT'],
  ['could not translate host name "db" to address: Name or service not known', 'database-host', 'not known'],
  [`${AT}Connection refused`, 'database-host', 'PostgreSQL at db:5432 cannot be reached'],
  [
    `${AT}FATAL:  Passwort-Authentifizierung für Benutzer »bb« fehlgeschlagen`,
    'database-host',
    'fehlgeschlagen',
  ],
])('tells what is behind: %s', (words, subject, part) => {
  const finding = connectionFailure(psqlSaid(words), TARGET);
  expect(finding).toMatchObject({ severity: 'error', subject });
  expect(finding?.message).toContain(part);
  expect(finding?.message).toContain(words.replace(AT, ''));
  expect(finding?.message.match(/\.(\s|$)/g)).toHaveLength(1);
});

it('says nothing of a failure that is not one of the connection', () => {
  expect(connectionFailure(psqlSaid('ERROR:  42501: permission denied', 3), TARGET)).toBeUndefined();
  expect(connectionFailure(new Error('x'), TARGET)).toBeUndefined();
});
