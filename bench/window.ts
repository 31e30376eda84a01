/**
 * How long users are locked out: this action beside the classic sequence of plain commands, over homes and databases of
 * several sizes. Both run against the simulator, whose drain takes a second and whose clock counts for both; both find
 * the copy of the night before, 600 files that changed since, and 600 more that change between their first pass and their
 * lock; both find the metadata of home and copy in memory. They take turns, and each copy is compared with the home.
 *
 *     npm run bench -- window [--homes 1,2,4] [--databases 1,2,4] [--rounds 3] [--home-delta full] [--slow-fs 0.2]
 *
 * - `--homes`: in units of 120,000 files, 100 repositories, 1.1 GB. The disk below the temporary folder (TMPDIR) holds
 *   home, copy, dump and archive, so three times the largest.
 * - `--databases`: in units of 250 MB.
 * - `--rounds`: how often each runs in each size; medians are told. 3, and 1 on the slow file system.
 * - `--home-delta`: the action's input of that name; not given by default.
 * - `--slow-fs`: both see the home through a file system that waits so many milliseconds in each metadata call; 0.2 is a
 *   near NFS server. Sizes are 1 then, unless they are given. Needs root and /dev/fuse; installs a compiler and libfuse.
 *
 * BENCH_VERBOSE=1 prints the action's own steps of each run.
 */
import { join } from 'node:path';
import { watchInterruption } from './interrupted.ts';
import { actionContender } from './window/action.ts';
import { casesOf } from './window/cases.ts';
import { classicContender } from './window/classic.ts';
import { parseWindowOptions, type WindowOptions } from './window/options.ts';
import { printCase, printGoals, printGrowth } from './window/report.ts';
import { type CaseResult, figuresOf } from './window/result.ts';
import { CHANGES, Rounds } from './window/rounds.ts';
import { startWindowStand, type WindowStand } from './window/stand.ts';

/** @param args the options */
export async function benchWindow(args: readonly string[]): Promise<void> {
  const options = parseWindowOptions(args);
  console.log(heading(options));
  const stand = await startWindowStand(options.slowFsMs);
  const interruption = watchInterruption(stand.bystanders);
  try {
    const results = await measureCases(stand, new Rounds(stand, interruption), options);
    printGrowth(results);
    printGoals(results, options.slowFsMs !== undefined);
  } finally {
    interruption.stop();
    await stand.close();
  }
}

async function measureCases(
  stand: WindowStand,
  rounds: Rounds,
  options: WindowOptions,
): Promise<readonly CaseResult[]> {
  const delta = options.homeDelta === undefined ? {} : { 'home-delta': options.homeDelta };
  const classic = classicContender(stand, join(stand.folder, 'classic'));
  const ours = actionContender(stand, join(stand.folder, 'ours'), delta);
  const results: CaseResult[] = [];
  for (const size of casesOf(options.homes, options.databases)) {
    stand.home.growTo(size.home);
    const database = await stand.database(size.database);
    if (results.length === 0) {
      await rounds.warmUp(ours, database);
    }
    const samples = await rounds.measure([classic, ours], database, options.rounds);
    const { files, bytes } = stand.home;
    const result = {
      ...size,
      files,
      bytes,
      classic: figuresOf(samples.get(classic) ?? []),
      ours: figuresOf(samples.get(ours) ?? []),
    };
    printCase(result);
    results.push(result);
  }
  return results;
}

function heading({ rounds, slowFsMs, homeDelta }: WindowOptions): string {
  const disk =
    slowFsMs === undefined ? 'a local disk' : `a file system with ${slowFsMs} ms for each metadata call`;
  const delta = homeDelta === undefined ? '' : `, home-delta ${homeDelta}`;
  return `Locked window on ${disk}, ${CHANGES} changed files, ${rounds} ${rounds === 1 ? 'round' : 'rounds'} in turn${delta}:`;
}
