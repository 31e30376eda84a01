import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProgressShares } from '../../../src/pipeline/progress-shares.ts';

function listening(): { shares: ProgressShares; heard: number[] } {
  const shares = new ProgressShares(['home', 'database']);
  const heard: number[] = [];
  shares.listen((fraction) => heard.push(fraction));
  return { shares, heard };
}

test('each partner counts the same', () => {
  const { shares, heard } = listening();
  shares.of('home')(0.5);
  shares.of('database')(1);
  shares.of('home')(1);
  expect(heard).toEqual([0.25, 0.75, 1]);
});

test('before anybody listens nothing happens, and what was done then counts', () => {
  const shares = new ProgressShares(['home', 'database']);
  shares.of('home')(1);
  const heard: number[] = [];
  shares.listen((fraction) => heard.push(fraction));
  shares.of('database')(0.5);
  expect(heard).toEqual([0.75]);
});

test('whatever the partners say, it stays between 0 and 1 and never goes back', () => {
  const report = fc.tuple(
    fc.constantFrom('home', 'database'),
    fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Infinity, -1)),
  );
  fc.assert(
    fc.property(fc.array(report), (reports) => {
      const { shares, heard } = listening();
      for (const [partner, fraction] of reports) {
        shares.of(partner)(fraction);
      }
      expect(heard).toEqual([...heard].sort((a, b) => a - b));
      expect(heard.every((fraction) => fraction >= 0 && fraction <= 1)).toBe(true);
    }),
  );
});
