import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearest } from '../../../src/inputs/nearest.ts';

const WORDS = ['postgresql', 'mysql', 'mssql', 'none'];

test.each([
  ['postgres', 'postgresql'],
  ['postgersql', 'postgresql'],
  ['PostgreSQL', 'postgresql'],
  ['myslq', 'mysql'],
  ['mssq', 'mssql'],
  ['non', 'none'],
])('%s is probably %s', (word, meant) => {
  expect(nearest(word, WORDS)).toBe(meant);
});

test.each(['oracle-database', 'cassandra'])('%s is nothing that is known', (word) => {
  expect(nearest(word, WORDS)).toBeUndefined();
});

test('where nothing is known, nothing is near', () => {
  expect(nearest('x', [])).toBeUndefined();
});

test('a word that is known is the nearest to itself', () => {
  fc.assert(
    fc.property(fc.constantFrom(...WORDS), (word) => {
      expect(nearest(word, WORDS)).toBe(word);
    }),
  );
});

test('three slips of the pen are forgiven, four are not', () => {
  expect(nearest('abcdXYZ', ['abcdefg'])).toBe('abcdefg');
  expect(nearest('abcWXYZ', ['abcdefg'])).toBeUndefined();
});
