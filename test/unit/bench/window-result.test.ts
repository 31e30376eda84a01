import { describe, expect, test } from 'vitest';
import { median } from '../../../bench/measure.ts';
import { casesOf } from '../../../bench/window/cases.ts';
import { type CaseResult, type Figures, figuresOf, growthsOf } from '../../../bench/window/result.ts';
import type { Sample } from '../../../bench/window/rounds.ts';

const sample = (afterDrainSeconds: number, node: number): Sample => ({
  lockedSeconds: afterDrainSeconds + 1,
  afterDrainSeconds,
  seconds: 10,
  secondsToArchive: 8,
  memory: { node, all: 2 * node },
});

const figures = (seconds: number): Figures => figuresOf([sample(seconds, 1)]);

const result = (home: number, database: number, classic: number, ours: number): CaseResult => ({
  home,
  database,
  files: 1,
  bytes: 1,
  classic: figures(classic),
  ours: figures(ours),
});

describe('figures', () => {
  test('are medians of the rounds, and peaks of memory', () => {
    expect(figuresOf([sample(3, 10), sample(1, 30), sample(2, 20)])).toMatchObject({
      lockedSeconds: 3,
      afterDrainSeconds: 2,
      nodeMemory: 30,
      allMemory: 60,
      afterDrainRounds: [3, 1, 2],
    });
  });

  test('the median is the middle one of those in order', () => {
    expect(median([10, 9, 100])).toBe(10);
    expect(median([])).toBeNaN();
  });
});

describe('cases', () => {
  test('change one size at a time, and end with both largest', () => {
    const cases = casesOf([1, 2, 4], [1, 4]).map(({ home, database }) => [home, database]);
    expect(cases).toEqual([
      [1, 1],
      [1, 4],
      [2, 1],
      [4, 1],
      [4, 4],
    ]);
  });

  test('are one for one size', () => {
    expect(casesOf([4], [3.6])).toEqual([{ home: 4, database: 3.6 }]);
  });
});

describe('growth', () => {
  test('is told for each step in which one size alone changed', () => {
    const growths = growthsOf([
      result(1, 1, 4, 1),
      result(1, 2, 6, 1),
      result(2, 1, 8, 1.5),
      result(2, 2, 9, 9),
    ]);
    expect(growths).toEqual([
      { what: 'home', from: 1, to: 2, classic: 1, ours: 0.5 },
      { what: 'database', from: 1, to: 2, classic: 0.5, ours: 0 },
    ]);
  });

  test('is that of a doubling, whatever the step', () => {
    const [growth] = growthsOf([result(1, 1, 1, 4), result(4, 1, 16, 1)]);
    expect(growth?.classic).toBeCloseTo(3);
    expect(growth?.ours).toBeCloseTo(-0.5);
  });
});
