import { expect, it } from 'vitest';
import {
  checkClients,
  checkConnections,
  checkDatabase,
} from '../../../../src/database/postgresql/postgresql-checks.ts';
import { healthyFacts, relation } from './facts.ts';

const CLIENTS = {
  folder: '/x',
  version: { text: '14.9', number: 140_009 },
  pgDump: '/x/pg_dump',
  pgRestore: '/x/pg_restore',
  psql: '/x/psql',
};

it('finds nothing wrong with a healthy database', () => {
  expect(checkDatabase(healthyFacts())).toEqual([]);
  expect(checkClients(healthyFacts(), CLIENTS, CLIENTS)).toEqual([]);
  expect(checkConnections(healthyFacts())).toEqual([]);
});

it('names both versions and the package when every client is too old', () => {
  const [finding] = checkClients(
    healthyFacts({ serverVersion: '16.2', serverVersionNumber: 160_002 }),
    undefined,
    CLIENTS,
  );
  expect(finding?.message).toBe(
    'pg_dump 14.9, the newest on this runner, cannot dump PostgreSQL 16.2; install postgresql-client-16.',
  );
});

it('refuses a database that has only some of the tables, or has them spread over schemas', () => {
  const jira = healthyFacts({ relations: [relation('project'), relation('jiraissue')] });
  expect(checkDatabase(jira)[0]).toMatchObject({ severity: 'error', subject: 'database-name' });
  expect(checkDatabase(jira)[0]?.message).toContain('app_property, project, repository');
  const spread = ['app_property', 'project', 'repository'].map((name, index) =>
    relation(name, { schema: `s${index}` }),
  );
  expect(checkDatabase(healthyFacts({ relations: spread }))).toHaveLength(1);
});

it('accepts Bitbucket in a schema of its own', () => {
  const relations = ['app_property', 'project', 'repository'].map((name) => relation(name, { schema: 'bb' }));
  expect(checkDatabase(healthyFacts({ relations }))).toEqual([]);
});

it('lists what the user may not read, five names at most', () => {
  const hidden = Array.from({ length: 7 }, (_, index) => relation(`t${index}`, { readable: false }));
  const sequence = relation('ids', { kind: 'sequence', readable: false });
  const facts = healthyFacts({
    relations: [...healthyFacts().relations, ...hidden, sequence],
    unreadableLargeObjects: 3,
  });
  const messages = checkDatabase(facts).map(({ message }) => message);
  expect(messages).toHaveLength(3);
  expect(messages[0]).toContain(
    '7 tables (public.t0, public.t1, public.t2, public.t3, public.t4 and 2 more)',
  );
  expect(messages[1]).toContain('1 sequence (public.ids)');
  expect(messages[2]).toContain('large objects (3 of them)');
});

it('warns of a standby', () => {
  expect(checkDatabase(healthyFacts({ standby: true }))).toMatchObject([{ severity: 'warning' }]);
});

it('refuses a standby that cannot hold a snapshot', () => {
  const old = { standby: true, serverVersion: '9.6.24', serverVersionNumber: 90_624 };
  expect(checkDatabase(healthyFacts(old))).toMatchObject([{ severity: 'error', subject: 'database-host' }]);
});

it('wants one connection for the snapshot and one for the dump', () => {
  expect(checkConnections(healthyFacts({ freeConnections: 2 }))).toEqual([]);
  expect(checkConnections(healthyFacts({ freeConnections: 1 }))).toMatchObject([
    { severity: 'error', subject: 'database-host' },
  ]);
});

it('wants clients that take the snapshot of another session, however old the server is', () => {
  const server = healthyFacts({ serverVersion: '9.4.26', serverVersionNumber: 90_426 });
  const old = { ...CLIENTS, version: { text: '9.4.26', number: 90_426 } };
  expect(checkClients(server, undefined, old)[0]?.message).toMatch(
    /^pg_dump 9\.4\.26, the newest on this runner, cannot dump a snapshot .*; install postgresql-client-9\.5 or later\.$/,
  );
  expect(checkClients(healthyFacts(), undefined, old)[0]?.message).toContain('install postgresql-client-15.');
});
