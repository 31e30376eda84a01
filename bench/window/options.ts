/** What can be said on the command line after `window`, and what holds when nothing is said. */
import { parseArgs } from 'node:util';

export interface WindowOptions {
  /** Sizes of the home, in units of 120,000 files; ascending. */
  readonly homes: readonly number[];
  /** Sizes of the database, in units of 250 MB; ascending. */
  readonly databases: readonly number[];
  readonly rounds: number;
  /** Milliseconds that each metadata call of the home waits; undefined to read it as it is. */
  readonly slowFsMs: number | undefined;
  /** The action's input of that name, when it is to be given. */
  readonly homeDelta: string | undefined;
}

/** For `parseArgs`, together with the names of the benchmarks. */
export const WINDOW_ARGUMENTS = {
  homes: { type: 'string' },
  databases: { type: 'string' },
  rounds: { type: 'string' },
  'slow-fs': { type: 'string' },
  'home-delta': { type: 'string' },
} as const;

/** @throws Error about what is no number, and TypeError about an option that there is not */
export function parseWindowOptions(args: readonly string[]): WindowOptions {
  const { values } = parseArgs({ args: [...args], options: WINDOW_ARGUMENTS });
  const slow = values['slow-fs'];
  // On a slow file system the classic sequence takes minutes for each pass.
  const scales = slow === undefined ? '1,2,4' : '1';
  const rounds = positive('rounds', values.rounds ?? (slow === undefined ? '3' : '1'));
  if (!Number.isInteger(rounds)) {
    throw new Error(`--rounds is ${rounds}; give a whole number.`);
  }
  return {
    homes: scaleList('homes', values.homes ?? scales),
    databases: scaleList('databases', values.databases ?? scales),
    rounds,
    slowFsMs: slow === undefined ? undefined : positive('slow-fs', slow),
    homeDelta: values['home-delta'],
  };
}

function scaleList(name: string, text: string): readonly number[] {
  const scales = text.split(',').map((part) => positive(name, part));
  return [...new Set(scales)].sort((a, b) => a - b);
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0) {
    throw new Error(`--${name} is '${text}'; give a number above 0.`);
  }
  return value;
}
