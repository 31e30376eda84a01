import { expect, it } from 'vitest';
import type { RsyncProgress } from '../../../src/home/rsync-stats.ts';
import { WindowProgress } from '../../../src/home/window-progress.ts';

function at(checked: number, listed: number, listComplete: boolean): RsyncProgress {
  return { bytes: 0, filesTransferred: 0, checked, listed, listComplete };
}

it('takes the number of the first pass until the list is complete, and weighs folders by it', () => {
  const reported: number[] = [];
  const progress = new WindowProgress([100, 300], (fraction) => reported.push(fraction));
  progress.advance(0, at(10, 20, false));
  progress.advance(0, at(60, 120, true));
  progress.finished(0);
  progress.advance(1, at(150, 300, true));
  progress.finished(1);
  expect(reported).toEqual([0.025, 0.125, 0.25, 0.625, 1]);
});

it('never goes back, not even when the list grows faster than it is worked off', () => {
  const reported: number[] = [];
  const progress = new WindowProgress([100], (fraction) => reported.push(fraction));
  progress.advance(0, at(50, 100, false));
  progress.advance(0, at(60, 1_000, false));
  progress.advance(0, at(900, 1_000, true));
  expect(reported).toEqual([0.5, 0.9]);
});

it('reports one folder alone when nothing was expected', () => {
  const reported: number[] = [];
  const progress = new WindowProgress([], (fraction) => reported.push(fraction));
  progress.advance(0, at(1, 4, true));
  progress.finished(0);
  expect(reported).toEqual([0.25, 1]);
});
