/** What was measured, and what follows from it. */
import { median } from '../measure.ts';
import type { Case } from './cases.ts';
import type { Sample } from './rounds.ts';

/** Medians of all rounds, each figure by itself. */
export interface Figures {
  readonly lockedSeconds: number;
  readonly afterDrainSeconds: number;
  readonly seconds: number;
  readonly secondsToArchive: number;
  /** The highest of all rounds, in bytes: a peak is no matter of luck. */
  readonly nodeMemory: number;
  readonly allMemory: number;
  /** Of each round. */
  readonly afterDrainRounds: readonly number[];
}

export interface CaseResult extends Case {
  readonly files: number;
  readonly bytes: number;
  readonly classic: Figures;
  readonly ours: Figures;
}

export function figuresOf(samples: readonly Sample[]): Figures {
  const middle = (pick: (sample: Sample) => number): number => median(samples.map(pick));
  return {
    lockedSeconds: middle((sample) => sample.lockedSeconds),
    afterDrainSeconds: middle((sample) => sample.afterDrainSeconds),
    seconds: middle((sample) => sample.seconds),
    secondsToArchive: middle((sample) => sample.secondsToArchive),
    nodeMemory: Math.max(...samples.map((sample) => sample.memory.node)),
    allMemory: Math.max(...samples.map((sample) => sample.memory.all)),
    afterDrainRounds: samples.map((sample) => sample.afterDrainSeconds),
  };
}

export interface Growth {
  readonly what: 'home' | 'database';
  /** Scales. */
  readonly from: number;
  readonly to: number;
  /** By which the time after the drain grows when what grows doubles: 0 not at all, 1 twice the time. */
  readonly classic: number;
  readonly ours: number;
}

/** From each size to the next, where nothing else changed. */
export function growthsOf(results: readonly CaseResult[]): readonly Growth[] {
  const [first] = results;
  const homes = results.filter((result) => result.database === first?.database);
  const databases = results.filter((result) => result.home === first?.home);
  return [...steps('home', homes), ...steps('database', databases)];
}

function steps(what: 'home' | 'database', results: readonly CaseResult[]): readonly Growth[] {
  return results.slice(1).flatMap((to, index) => {
    const from = results[index];
    if (from === undefined) {
      return [];
    }
    const doublings = Math.log2(to[what] / from[what]);
    const growth = (who: 'classic' | 'ours'): number =>
      (to[who].afterDrainSeconds / from[who].afterDrainSeconds) ** (1 / doublings) - 1;
    return [{ what, from: from[what], to: to[what], classic: growth('classic'), ours: growth('ours') }];
  });
}
