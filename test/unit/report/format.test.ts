import { expect, test } from 'vitest';
import {
  counted,
  formatBytes,
  formatCount,
  formatDuration,
  formatMoment,
} from '../../../src/report/format.ts';

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1.0 KiB'],
  [99.96 * 1024, '100 KiB'],
  [1024 * 1024 - 1, '1.0 MiB'],
  [1.2 * 1024 ** 3, '1.2 GiB'],
  [512 * 1024 ** 4, '512 TiB'],
  [5_000 * 1024 ** 5, '5000 PiB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [0, '0 ms'],
  [99.4, '99 ms'],
  [99.6, '0.1 s'],
  [850, '0.9 s'],
  [1_849, '1.8 s'],
  [9_949, '9.9 s'],
  [9_960, '10 s'],
  [59_499, '59 s'],
  [59_500, '1 min'],
  [725_000, '12 min 5 s'],
  [3_599_600, '1 h'],
  [7_380_000, '2 h 3 min'],
  [360_000_000, '100 h'],
])('%d milliseconds are %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test('counts are grouped alike on every machine', () => {
  expect(formatCount(512_345)).toBe('512,345');
  expect(counted(1, 'warning')).toBe('1 warning');
  expect(counted(2_000, 'warning')).toBe('2,000 warnings');
});

test('a moment is told in UTC', () => {
  expect(formatMoment(Date.UTC(2026, 10, 22, 2, 13, 5, 250))).toBe('2026-11-22 02:13:05 UTC');
});
