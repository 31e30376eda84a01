import { describe, expect, test } from 'vitest';
import { parseWindowOptions } from '../../../bench/window/options.ts';

describe('options of the window benchmark', () => {
  test('measure growth by default', () => {
    expect(parseWindowOptions([])).toEqual({
      homes: [1, 2, 4],
      databases: [1, 2, 4],
      rounds: 3,
      slowFsMs: undefined,
      homeDelta: undefined,
    });
  });

  test('measure one size once on the slow file system, where each pass takes minutes', () => {
    const options = parseWindowOptions(['--slow-fs', '0.2']);
    expect(options).toMatchObject({ homes: [1], databases: [1], rounds: 1, slowFsMs: 0.2 });
  });

  test('sort sizes and name each once', () => {
    const options = parseWindowOptions(['--homes', '4,1,4', '--databases', '3.6', '--home-delta', 'full']);
    expect(options).toMatchObject({ homes: [1, 4], databases: [3.6], homeDelta: 'full' });
  });

  test.each([
    ['--homes=1,,2', '--homes'],
    ['--homes=big', '--homes'],
    ['--databases=0', '--databases'],
    ['--rounds=1.5', '--rounds'],
    ['--slow-fs=-1', '--slow-fs'],
    ['--colour=red', '--colour'],
  ])('refuse %s and name it', (arg, named) => {
    expect(() => parseWindowOptions([arg])).toThrow(named);
  });
});
