import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startDumpProgress } from '../../../../src/database/dump-progress.ts';
import { dumpedTables, tableBegun } from '../../../../src/database/postgresql/dumped-tables.ts';
import { createMemoryLog } from '../../../support/memory-log.ts';
import { healthyFacts, relation } from './facts.ts';

const FACTS = healthyFacts({
  relations: [
    relation('a', { pages: 60 }),
    relation('b', { pages: 30 }),
    relation('c', { pages: 10 }),
    relation('ids', { kind: 'sequence' }),
  ],
});

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it.each([
  ['pg_dump: dumping contents of table "public.a"', 'public.a'],
  ['pg_dump: dumping contents of table "public.AO_1 "x""', 'public.AO_1 "x"'],
  ['pg_dump: reading extensions', undefined],
])('%s', (line, name) => {
  expect(tableBegun(line)).toBe(name);
});

it('tells every 10 s how far it is, by the sizes of the tables that are done', () => {
  const { log, lines } = createMemoryLog();
  const progress = startDumpProgress(dumpedTables(FACTS), log);
  vi.advanceTimersByTime(10_000);
  expect(lines).toEqual([]);
  progress.line('pg_dump: reading extensions');
  progress.line('pg_dump: dumping contents of table "public.a"');
  vi.advanceTimersByTime(10_000);
  progress.line('pg_dump: dumping contents of table "public.new"');
  progress.line('pg_dump: dumping contents of table "public.b"');
  vi.advanceTimersByTime(9_999);
  progress.line('pg_dump: dumping contents of table "public.c"');
  vi.advanceTimersByTime(1);
  expect(lines).toEqual([
    "info: Dumping database 'bitbucket': 0 % read, table 1 of 3, public.a",
    "info: Dumping database 'bitbucket': 90 % read, table 4 of 4, public.c",
  ]);
  progress.stop();
  vi.advanceTimersByTime(60_000);
  expect(lines).toHaveLength(2);
});
