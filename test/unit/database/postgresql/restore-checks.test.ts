import { describe, expect, it } from 'vitest';
import type { PostgresClients } from '../../../../src/database/postgresql/postgresql-clients.ts';
import {
  chooseRestoreClients,
  clientFindings,
  compressionFindings,
  type RestoreTarget,
  targetFindings,
  versionFindings,
} from '../../../../src/database/postgresql/restore-checks.ts';
import type { ServerFacts, TargetFacts } from '../../../../src/database/postgresql/restore-facts.ts';
import type { BackedUp } from '../../../../src/strategies/contract.ts';

const FACTS: ServerFacts = {
  serverVersion: '15.18',
  serverVersionNumber: 150_018,
  user: 'bitbucket',
  superuser: false,
  mayCreate: true,
  freeConnections: 90,
  role: { name: 'bitbucket', mayActAs: true },
};

const EMPTY: TargetFacts = {
  oid: 16_384,
  name: 'bb',
  owner: 'bitbucket',
  encoding: 'UTF8',
  objects: 0,
  examples: '',
  unfinishedRun: undefined,
  sessions: 0,
  tables: 0,
  mayCreateIn: true,
};

interface Changes {
  readonly facts?: Partial<ServerFacts>;
  readonly existing?: Partial<TargetFacts>;
  readonly owner?: string;
}

function target({ facts, existing, owner = 'bitbucket' }: Changes): RestoreTarget {
  return {
    server: 'db:5432',
    name: 'bb',
    facts: { ...FACTS, ...facts },
    existing: existing === undefined ? undefined : { ...EMPTY, ...existing },
    owner,
  };
}

const sentences = (changes: Changes): string[] =>
  targetFindings(target(changes)).map(
    ({ severity, subject, message }) => `${severity} ${subject}: ${message}`,
  );

function recorded(details: BackedUp['details']): BackedUp {
  return { strategy: 'postgresql', included: true, members: ['bitbucket-db'], details };
}

describe('the target', () => {
  it('is fine when it is absent and may be created, or there and empty', () => {
    expect(sentences({})).toEqual([]);
    expect(sentences({ existing: {} })).toEqual([]);
    // Whoever finds it there need not be able to create one.
    expect(sentences({ existing: {}, facts: { mayCreate: false } })).toEqual([]);
  });

  it.each<[string, Changes, string]>([
    [
      'no right to create',
      { facts: { mayCreate: false } },
      "database-username: There is no database 'bb' at db:5432, and user 'bitbucket' may not create one; create it empty, or grant CREATEDB.",
    ],
    [
      'objects',
      { existing: { objects: 5, examples: 'a, b, c, d, e' } },
      "database-name: Database 'bb' at db:5432 is not empty (5 objects: a, b, c, d, e); nothing is overwritten: drop or rename it, or choose another database-name.",
    ],
    [
      'more of them than are named',
      { existing: { objects: 6, examples: 'a, b, c, d, e' } },
      "database-name: Database 'bb' at db:5432 is not empty (6 objects: a, b, c, d, e ...); nothing is overwritten: drop or rename it, or choose another database-name.",
    ],
    [
      'an unfinished restore, whatever else it holds',
      { existing: { objects: 6, examples: 'a', unfinishedRun: 'run-7' } },
      "database-name: Database 'bb' at db:5432 holds a restore that did not end (run run-7), started from another place; drop it and run again.",
    ],
    [
      'another encoding',
      { existing: { encoding: 'LATIN1' } },
      "database-name: Database 'bb' at db:5432 has the encoding LATIN1, and Bitbucket needs UTF8; drop it and let the restore create it.",
    ],
    [
      'a session',
      { existing: { sessions: 1 } },
      "database-name: Database 'bb' at db:5432 is in use by 1 other session; stop Bitbucket and whatever else is connected.",
    ],
    [
      'sessions',
      { existing: { sessions: 4 } },
      "database-name: Database 'bb' at db:5432 is in use by 4 other sessions; stop Bitbucket and whatever else is connected.",
    ],
    [
      'no right to fill it',
      { existing: { mayCreateIn: false } },
      "database-username: User 'bitbucket' may not create tables in database 'bb' at db:5432; give its owner as database-username.",
    ],
    [
      'an owner that does not exist',
      { owner: 'gone', facts: { role: undefined } },
      "database-owner: There is no role 'gone' at db:5432 to own the database; create it, or set database-owner.",
    ],
    [
      'an owner out of reach',
      { owner: 'app', facts: { role: { name: 'app', mayActAs: false } } },
      "database-owner: User 'bitbucket' may not act as 'app', who owns the database; give 'app' as database-username, or make 'bitbucket' a member of that role, with INHERIT.",
    ],
  ])('says in one sentence: %s', (_what, changes, sentence) => {
    expect(sentences(changes)).toEqual([`error ${sentence}`]);
  });

  it('says all of it at once', () => {
    const existing = { objects: 1, examples: 'a', encoding: 'LATIN1', sessions: 1, mayCreateIn: false };
    expect(sentences({ existing, owner: 'gone', facts: { role: undefined } })).toHaveLength(5);
  });
});

describe('versions', () => {
  it.each<[BackedUp['details'] | undefined, number]>([
    [undefined, 0],
    [{}, 0],
    [{ serverVersion: '15.2' }, 0],
    // A minor version more is no obstacle.
    [{ serverVersion: '15.99' }, 0],
    [{ serverVersion: '9.6.24' }, 0],
    [{ serverVersion: 'nonsense' }, 0],
    [{ serverVersion: 16 }, 0],
    [{ serverVersion: '16.0' }, 1],
  ])('of a dump from %j make %d findings for a server 15', (details, count) => {
    const found = versionFindings(target({}), details && recorded(details));
    expect(found).toHaveLength(count);
  });

  it('are both told', () => {
    expect(versionFindings(target({}), recorded({ serverVersion: '16.4' }))).toEqual([
      {
        severity: 'error',
        subject: 'database-host',
        message: 'The dump comes from PostgreSQL 16, and db:5432 has 15.18; restore to 16 or later.',
      },
    ]);
  });
});

function client(text: string, number: number, folder = `/${text}`): PostgresClients {
  return {
    folder,
    version: { text, number },
    pgDump: `${folder}/pg_dump`,
    pgRestore: `${folder}/pg_restore`,
    psql: `${folder}/psql`,
  };
}

const built = async (): Promise<boolean> => await Promise.resolve(true);
const without = async (): Promise<boolean> => await Promise.resolve(false);

describe('clients', () => {
  const ALL = [
    client('17.2', 170_002),
    client('15.18', 150_018),
    client('15.2', 150_002),
    client('9.6.24', 90_624),
  ];

  it.each<[string, BackedUp['details'] | undefined, string | undefined]>([
    ['the major version that wrote it, in its newest release', { clientVersion: '15.2' }, '15.18'],
    ['the next one where that is not there', { clientVersion: '16.1' }, '17.2'],
    ['an old one for an old dump', { clientVersion: '9.6.1' }, '9.6.24'],
    ["the server's, when nobody knows what wrote it", undefined, '15.18'],
    ["the server's, when that is no version", { clientVersion: 'x' }, '15.18'],
    ['none when all are older', { clientVersion: '18.0' }, undefined],
  ])('read a dump with %s', (_what, details, chosen) => {
    const found = chooseRestoreClients(ALL, FACTS, details && recorded(details));
    expect(found?.version.text).toBe(chosen);
  });

  it('are all too old, and the sentence says which to install', () => {
    const newest = client('17.2', 170_002);
    expect(clientFindings(newest, newest, recorded({ clientVersion: '18.0' }))).toEqual([]);
    const tooOld = 'pg_restore 17.2, the newest on this machine, is too old for this dump; install';
    expect(clientFindings(undefined, newest, recorded({ clientVersion: '18.0' }))).toEqual([
      { severity: 'error', subject: 'pg_restore', message: `${tooOld} postgresql-client-18.` },
    ]);
    expect(clientFindings(undefined, newest, undefined)).toEqual([
      { severity: 'error', subject: 'pg_restore', message: `${tooOld} a later postgresql-client.` },
    ]);
  });

  it('have to be of 16 or later for a dump compressed with zstd', () => {
    const zstd = recorded({ compression: 'zstd' });
    const old = client('15.18', 150_018);
    expect(chooseRestoreClients([old], FACTS, zstd)).toBe(undefined);
    expect(chooseRestoreClients([old], FACTS, recorded({ compression: 'gzip' }))).toBe(old);
    expect(chooseRestoreClients([client('16.1', 160_001), old], FACTS, zstd)?.version.text).toBe('16.1');
    expect(clientFindings(undefined, old, zstd)[0]?.message).toContain('install postgresql-client-16.');
  });

  it('have to be built with zstd for a dump compressed with it', async () => {
    const chosen = client('16.1', 160_001);
    const zstd = recorded({ compression: 'zstd' });
    expect(await compressionFindings(chosen, zstd, built)).toEqual([]);
    expect(await compressionFindings(chosen, recorded({ compression: 'gzip' }), without)).toEqual([]);
    expect(await compressionFindings(undefined, zstd, without)).toEqual([]);
    expect(await compressionFindings(chosen, zstd, without)).toMatchObject([
      { severity: 'error', subject: 'pg_restore' },
    ]);
  });
});
