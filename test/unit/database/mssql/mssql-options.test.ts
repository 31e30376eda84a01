import { describe, expect, test } from 'vitest';
import { choosePlace, sharedFile } from '../../../../src/database/mssql/backup-place.ts';
import { serverName, sqlcmdArguments, sqlcmdEnvironment } from '../../../../src/database/mssql/connection.ts';
import { type MssqlOptions, readMssqlOptions } from '../../../../src/database/mssql/mssql.ts';
import { ConfigurationError } from '../../../../src/errors.ts';
import { createCommandRunner } from '../../../../src/host/command.ts';
import { InputReader } from '../../../../src/inputs/reader.ts';

type Inputs = Readonly<Record<string, string>>;
const USUAL = { 'database-name': 'bitbucket', 'database-trust-certificate': 'false' };

function read(given: Inputs): MssqlOptions {
  const all: Inputs = { ...USUAL, ...given };
  const inputs = new InputReader({ raw: (name) => all[name] ?? '', mask: () => undefined });
  const options = readMssqlOptions(inputs);
  inputs.finish();
  return options;
}

function complaints(given: Inputs): string[] {
  try {
    read(given);
  } catch (error) {
    return error instanceof ConfigurationError ? error.problems.map(({ subject }) => subject) : ['?'];
  }
  return [];
}

function argumentsOf(given: Inputs): string[] {
  const connection = {
    commands: createCommandRunner(),
    inputs: read(given),
    sqlcmd: 'sqlcmd',
    workstation: 'w',
  };
  return sqlcmdArguments(connection, 's.sql');
}

describe('the inputs', () => {
  test.each<[string, Inputs]>([
    ['database-name', { 'database-name': '' }],
    ['database-host', { 'database-host': 'db:1433' }],
    ['database-host', { 'database-host': 'db,1433' }],
    ['database-host', { 'database-host': 'tcp:db,1433' }],
    ['database-host', { 'database-host': 'jdbc:sqlserver://db' }],
    ['database-host', { 'database-host': '-db' }],
    ['database-password', { 'database-username': 'sa' }],
    ['database-username', { 'database-password': 'x' }],
    ['database-backup-path', { 'database-backup-path': 'backup' }],
    ['database-backup-path', { 'database-backup-path': 'D:backup', 'database-backup-folder': '/mnt/d' }],
    ['database-backup-path', { 'database-backup-path': 'https://x.blob.core.windows.net/y' }],
    ['database-backup-folder', { 'database-backup-path': 'D:\\backup' }],
    ['database-backup-folder', { 'database-backup-path': '\\\\host\\share' }],
    ['database-backup-folder', { 'database-backup-folder': 'relative' }],
    ['database-trust-certificate', { 'database-trust-certificate': 'yes' }],
  ])('%s is complained about alone, given %j', (subject, given) => {
    expect(complaints(given)).toEqual([subject]);
  });

  test.each<[Inputs]>([
    [{}],
    [{ 'database-host': 'db\\INSTANCE' }],
    [{ 'database-backup-path': '/var/backup' }],
    [{ 'database-backup-path': 'D:/backup', 'database-backup-folder': '/mnt/d' }],
  ])('%j is in order', (given) => {
    expect(complaints(given)).toEqual([]);
  });
});

describe('what sqlcmd is told', () => {
  const password = `p'a"s$;%-`;

  test('the password goes by the environment', () => {
    const given = { 'database-username': 'sa', 'database-password': password };
    expect(argumentsOf(given).join(' ')).not.toContain(password);
    expect(sqlcmdEnvironment(read(given))).toEqual({ SQLCMDPASSWORD: password });
  });

  test('without a user it is a trusted login', () => {
    expect(argumentsOf({})).toContain('-E');
    expect(argumentsOf({})).not.toContain('-U');
    expect(sqlcmdEnvironment(read({}))).toEqual({});
  });

  test('a user with a leading dash is no option', () => {
    const given = { 'database-username': '-P x', 'database-password': 'x' };
    expect(argumentsOf(given)).toContain('-U-P x');
  });

  test('errors are exit codes, variables are left alone, the certificate is checked unless asked', () => {
    expect(argumentsOf({})).toEqual(expect.arrayContaining(['-b', '-x']));
    expect(argumentsOf({})).not.toContain('-C');
    expect(argumentsOf({ 'database-trust-certificate': 'true' })).toContain('-C');
  });

  test.each([
    [{ 'database-host': 'db', 'database-port': '1500' }, 'db,1500', 'db:1500'],
    [{ 'database-host': 'db' }, 'db', 'db:1433'],
    [{ 'database-host': 'db\\I' }, 'db\\I', 'db\\I'],
    [{}, 'localhost', 'localhost:1433'],
  ])('%j is the server %s, told as %s', (given, server, name) => {
    expect(argumentsOf(given).slice(0, 2)).toEqual(['-S', server]);
    expect(serverName(read(given))).toBe(name);
  });
});

describe('the shared folder', () => {
  test.each([
    [{ backupPath: '/a', backupFolder: undefined }, '', '/a/f', '/a/f'],
    [{ backupPath: '/a', backupFolder: '/b' }, '/c', '/a/f', '/b/f'],
    [{ backupPath: undefined, backupFolder: undefined }, '/c', '/c/f', '/c/f'],
    [{ backupPath: 'D:\\a', backupFolder: '/b' }, '', 'D:\\a\\f', '/b/f'],
    [{ backupPath: '\\\\h\\s', backupFolder: '/b' }, '', '\\\\h\\s\\f', '/b/f'],
    [{ backupPath: undefined, backupFolder: '/b' }, 'E:\\Backup', 'E:\\Backup\\f', '/b/f'],
  ])('%j with the default %j', (inputs, serverDefault, onServer, here) => {
    const place = choosePlace(inputs, serverDefault);
    expect('severity' in place ? place : sharedFile(place, 'f')).toEqual({ onServer, here });
  });

  test.each([
    [{ backupPath: undefined, backupFolder: undefined }, '', 'database-backup-path'],
    [{ backupPath: undefined, backupFolder: undefined }, 'E:\\Backup', 'database-backup-folder'],
  ])('%j with the default %j lacks something', (inputs, serverDefault, subject) => {
    expect(choosePlace(inputs, serverDefault)).toMatchObject({ severity: 'error', subject });
  });
});
