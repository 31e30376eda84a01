import { expect, it } from 'vitest';
import { checkClient } from '../../../../src/database/mysql/mysql-checks.ts';
import { chooseClient, isTooOld } from '../../../../src/database/mysql/mysql-clients.ts';
import { clientVersion, serverVersion, versionName } from '../../../../src/database/mysql/versions.ts';

it.each([
  ['10.11.19-MariaDB-0+deb12u1', 'MariaDB 10.11.19', 101_119],
  ['5.5.5-10.6.4-MariaDB-log', 'MariaDB 10.6.4', 100_604],
  ['11.4.2-MariaDB', 'MariaDB 11.4.2', 110_402],
  ['8.0.36-0ubuntu0.22.04.1', 'MySQL 8.0.36', 80_036],
  ['5.7.44-log', 'MySQL 5.7.44', 50_744],
  ['9.7.4-2', 'MySQL 9.7.4', 90_704],
])('reads the version of a server: %s', (text, name, number) => {
  const version = serverVersion(text);
  expect(version && versionName(version)).toBe(name);
  expect(version?.number).toBe(number);
});

it.each([
  ['mysqldump  Ver 10.19 Distrib 10.11.19-MariaDB, for debian-linux-gnu (x86_64)', 'MariaDB 10.11.19'],
  ['mariadb-dump from 11.4.2-MariaDB, client 10.19 for debian-linux-gnu (x86_64)', 'MariaDB 11.4.2'],
  ['mysqldump  Ver 8.0.36 for Linux on x86_64 (MySQL Community Server - GPL)', 'MySQL 8.0.36'],
  ['mysqldump  Ver 10.13 Distrib 5.7.44, for Linux (x86_64)', 'MySQL 5.7.44'],
  ['mysqldump  Ver 9.7.4-2 for Linux on x86_64 ((Debian))', 'MySQL 9.7.4'],
  [
    'mysql  Ver 15.1 Distrib 10.3.39-MariaDB, for debian-linux-gnu (x86_64) using readline 5.2',
    'MariaDB 10.3.39',
  ],
])('reads the version of a client: %s', (line, name) => {
  const version = clientVersion(line);
  expect(version && versionName(version)).toBe(name);
});

it('takes nothing else for a version', () => {
  expect(serverVersion('none')).toBeUndefined();
  expect(clientVersion('usage: mysqldump')).toBeUndefined();
});

const client = (line: string) => {
  const version = clientVersion(`mysqldump  Ver ${line}`);
  if (version === undefined) {
    throw new TypeError(line);
  }
  return { path: `/usr/bin/${line}`, version };
};
const OLD_MARIADB = client('10.19 Distrib 10.5.1-MariaDB, for Linux');
const NEW_MARIADB = client('10.19 Distrib 11.4.2-MariaDB, for Linux');
const MYSQL = client('8.4.1 for Linux');

it.each([
  ['10.11.19-MariaDB', NEW_MARIADB, false],
  ['11.8.1-MariaDB', NEW_MARIADB, true],
  ['8.4.0', MYSQL, false],
  ['8.0.36', MYSQL, false],
  ['9.7.4', MYSQL, true],
])('chooses for a server %s the client of its own family that fits', (server, expected, tooOld) => {
  const version = serverVersion(server);
  const chosen = version && chooseClient([MYSQL, OLD_MARIADB, NEW_MARIADB], version);
  expect(chosen).toBe(expected);
  expect(version && isTooOld(expected, version)).toBe(tooOld);
});

it('takes the other family where there is no own one', () => {
  const version = serverVersion('8.4.0');
  expect(version && chooseClient([OLD_MARIADB], version)).toBe(OLD_MARIADB);
  expect(version && isTooOld(OLD_MARIADB, version)).toBe(false);
});

it('refuses to let mariadb-dump dump generated columns of MySQL, which could not be loaded again', () => {
  const version = serverVersion('8.4.0');
  if (version === undefined) {
    throw new TypeError('8.4.0');
  }
  const facts = {
    version,
    database: 'bitbucket',
    user: 'bitbucket@%',
    characterSet: 'utf8mb4',
    collation: 'utf8mb4_bin',
    bytes: 0,
    freeConnections: 10,
    tables: [],
    mayReadTriggers: true,
    mayReadEvents: true,
    mayBlockDdl: false,
    hiddenRoutines: [],
    computing: ['x'],
  };
  expect(checkClient(facts, NEW_MARIADB)).toMatchObject([{ severity: 'error', subject: 'mysqldump' }]);
  expect(checkClient({ ...facts, computing: [] }, NEW_MARIADB)).toMatchObject([{ severity: 'warning' }]);
  expect(checkClient(facts, MYSQL)).toEqual([]);
});
