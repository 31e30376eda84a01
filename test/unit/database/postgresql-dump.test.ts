import { expect, it } from 'vitest';
import { dumpProgress } from '../../../src/database/postgresql-dump.ts';
import { healthyFacts, relation } from './facts.ts';

const FACTS = healthyFacts({
  relations: [relation('a', { pages: 60 }), relation('b', { pages: 30 }), relation('c', { pages: 10 })],
});

function feed(jobs: number, lines: readonly string[]): number[] {
  const seen: number[] = [];
  const onLine = dumpProgress({ facts: FACTS, jobs }, (fraction) => seen.push(fraction));
  for (const line of lines) {
    onLine(line);
  }
  return seen;
}

const LINES = [
  'pg_dump: reading extensions',
  'pg_dump: dumping contents of table "public.a"',
  'pg_dump: dumping contents of table "public.b"',
  'pg_dump: dumping contents of table "public.c"',
];

it('counts a table when the next one begins, by its size', () => {
  expect(feed(1, LINES)).toEqual([0.6, 0.9]);
});

it('with two jobs takes two tables as not yet done', () => {
  expect(feed(2, LINES)).toEqual([0.6]);
});

it('is not led astray by a table that preflight did not see', () => {
  expect(feed(1, ['pg_dump: dumping contents of table "public.new"', ...LINES])).toEqual([0, 0.6, 0.9]);
});
