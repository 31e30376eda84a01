/** Facts of a healthy database, for tests that change one of them. */
import type { DatabaseFacts, Relation } from '../../../../src/database/postgresql/postgresql-facts.ts';

export function relation(name: string, changes: Partial<Relation> = {}): Relation {
  return { schema: 'public', name, kind: 'table', pages: 1, readable: true, ...changes };
}

export function healthyFacts(changes: Partial<DatabaseFacts> = {}): DatabaseFacts {
  return {
    serverVersion: '15.18 (Debian 15.18-0+deb12u1)',
    serverVersionNumber: 150_018,
    database: 'bitbucket',
    user: 'bb',
    owner: 'bb',
    bytes: 8_000_000,
    longValueBytes: 0,
    encoding: 'UTF8',
    collate: 'C.UTF-8',
    ctype: 'C.UTF-8',
    localeProvider: 'c',
    locale: undefined,
    standby: false,
    freeConnections: 80,
    unreadableLargeObjects: 0,
    relations: ['app_property', 'project', 'repository'].map((name) => relation(name)),
    ...changes,
  };
}
