import { expect, it } from 'vitest';
import { majorName, majorOf, parseVersion } from '../../../../src/database/postgresql/versions.ts';

it.each([
  ['pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)', '15.18', 150_018, '15'],
  ['pg_dump (PostgreSQL) 9.6.24', '9.6.24', 90_624, '9.6'],
  ['pg_dump (PostgreSQL) 18beta1', '18beta1', 180_000, '18'],
  ['pg_dump (PostgreSQL) 19devel', '19devel', 190_000, '19'],
])('reads %s', (line, text, number, major) => {
  expect(parseVersion(line)).toEqual({ text, number });
  expect(majorName(number)).toBe(major);
});

it('does not take another program for PostgreSQL', () => {
  expect(parseVersion('psql 15.18')).toBeUndefined();
  expect(parseVersion('')).toBeUndefined();
});

it('orders major versions across the change of numbering', () => {
  const numbers = [90_624, 150_018, 90_503, 100_023].sort((a, b) => majorOf(a) - majorOf(b));
  expect(numbers).toEqual([90_503, 90_624, 100_023, 150_018]);
  expect(majorOf(150_018)).toBe(majorOf(150_001));
  expect(majorOf(90_624)).not.toBe(majorOf(90_503));
});
