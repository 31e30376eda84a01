import { expect, it } from 'vitest';
import { readPostgresqlOptions } from '../../../../src/database/postgresql/postgresql.ts';
import { databaseStrategies } from '../../../../src/database/registry.ts';
import { ConfigurationError } from '../../../../src/errors.ts';
import { InputReader } from '../../../../src/inputs/reader.ts';

function readerOf(values: Record<string, string>, masked: string[] = []): InputReader {
  return new InputReader({ raw: (name) => values[name] ?? '', mask: (secret) => masked.push(secret) });
}

it('needs no input at all, for libpq may know everything', () => {
  const reader = readerOf({});
  expect(readPostgresqlOptions(reader)).toMatchObject({
    host: undefined,
    port: undefined,
    database: undefined,
    username: undefined,
    password: undefined,
  });
  reader.finish();
});

it('takes names as they are and masks the password', () => {
  const masked: string[] = [];
  const reader = readerOf(
    {
      'database-host': '/var/run/postgresql',
      'database-port': '5433',
      'database-name': '-host=evil $(x)',
      'database-username': 'Ünï "q"',
      'database-password': ' p w ',
    },
    masked,
  );
  expect(readPostgresqlOptions(reader)).toMatchObject({
    host: '/var/run/postgresql',
    port: 5433,
    database: '-host=evil $(x)',
    username: 'Ünï "q"',
    password: ' p w ',
  });
  reader.finish();
  expect(masked).toEqual([' p w ']);
});

it.each(['db.example.com:5432', 'jdbc:postgresql://db/bitbucket'])('refuses %s as a host', (host) => {
  const reader = readerOf({ 'database-host': host, 'database-port': '0' });
  readPostgresqlOptions(reader);
  const error = thrownBy(() => reader.finish());
  expect(error.problems.map(({ subject }) => subject)).toEqual(['database-host', 'database-port']);
});

it('takes an IPv6 address for a host', () => {
  const reader = readerOf({ 'database-host': 'fe80::1' });
  expect(readPostgresqlOptions(reader).host).toBe('fe80::1');
  reader.finish();
});

it.each([
  ['tar', 'zstd', false],
  ['tar', 'gzip', false],
  ['tar', 'none', true],
  ['none', 'zstd', true],
])('with an archive by %s and %s compresses the dump: %s', (strategy, compression, compressed) => {
  const reader = readerOf({ 'archive-strategy': strategy, 'archive-compression': compression });
  expect(readPostgresqlOptions(reader).compressDump).toBe(compressed);
  reader.finish();
});

it('leaves a wrong compression to the archive to complain of', () => {
  const reader = readerOf({ 'archive-strategy': 'tar', 'archive-compression': 'bzip2' });
  expect(readPostgresqlOptions(reader).compressDump).toBe(false);
  reader.finish();
});

it('lists every strategy, each loading and reading', async () => {
  expect(Object.keys(databaseStrategies)).toEqual(expect.arrayContaining(['postgresql', 'internal', 'none']));
  for (const load of Object.values(databaseStrategies)) {
    expect((await load()).read(readerOf({}))).toHaveProperty('create');
  }
});

function thrownBy(action: () => void): ConfigurationError {
  try {
    action();
  } catch (error) {
    if (error instanceof ConfigurationError) {
      return error;
    }
  }
  throw new Error('No ConfigurationError was thrown.');
}
