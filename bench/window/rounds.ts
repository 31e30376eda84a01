/** Runs the contenders over one size, in turn, and looks after each run whether its copy is what the home is. */
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { runProgram } from '../../test/support/program.ts';
import type { Interruption } from '../interrupted.ts';
import type { Contender, Run, Task } from './contender.ts';
import type { WindowStand } from './stand.ts';
import { startWindowClock, type WindowTimes } from './window-clock.ts';
import { assertCopied, bringUpToDate, handOver } from './working-copy.ts';

/** Users change so many files before a run, since the backup before it, and again between its first pass and its lock. */
export const CHANGES = 600;

/**
 * What changed since yesterday is hours old when the nightly backup comes; what is younger than two seconds could change
 * again without a new time stamp, and a careful backup looks at it once more.
 */
const YESTERDAY_MS = 2_500;

export type Sample = Run & WindowTimes;

export class Rounds {
  readonly #stand: WindowStand;
  readonly #interruption: Interruption;
  /** Whose folder holds the working copy. */
  #holder: string | undefined;

  constructor(stand: WindowStand, interruption: Interruption) {
    this.#stand = stand;
    this.#interruption = interruption;
  }

  /** Of each contender as many samples as rounds. */
  async measure(
    contenders: readonly Contender[],
    database: string,
    rounds: number,
  ): Promise<ReadonlyMap<Contender, readonly Sample[]>> {
    const samples = new Map(contenders.map((contender): [Contender, Sample[]] => [contender, []]));
    for (let round = 0; round < rounds; round += 1) {
      // Who was first is second next time: what one leaves in memory serves the other.
      for (const contender of round % 2 === 0 ? contenders : contenders.toReversed()) {
        samples.get(contender)?.push(await this.#runOnce(contender, database));
      }
    }
    return samples;
  }

  /**
   * Not measured: the first backup in a place estimates its space by a pass that later ones do without. It sees the home as
   * it is, since on the slow file system that would take minutes and teach nobody anything.
   */
  async warmUp(contender: Contender, database: string): Promise<void> {
    const { home, archiveRoot } = this.#stand;
    await this.#giveCopyTo(contender);
    await contender.run({ homePath: home.root, database, archiveRoot });
    await rm(archiveRoot, { recursive: true, force: true });
    this.#interruption.check();
  }

  async #runOnce(contender: Contender, database: string): Promise<Sample> {
    const { folder, home, simulator, homePath, archiveRoot } = this.#stand;
    await this.#giveCopyTo(contender);
    home.change(CHANGES);
    // What was written so far must not be flushed on this one's time.
    await Promise.all([runProgram('sync', ['--file-system', folder]), sleep(YESTERDAY_MS)]);
    this.#interruption.check();
    const task: Task = { homePath, database, archiveRoot };
    const clock = startWindowClock(simulator, () => home.change(CHANGES));
    const run = await contender.run(task);
    const times = clock.read();
    this.#interruption.check();
    await rm(archiveRoot, { recursive: true, force: true });
    await assertCopied(home.root, contender.backupRoot, contender.name);
    return { ...run, ...times };
  }

  /** Last night's backup; the home can have grown since it was measured last. */
  async #giveCopyTo({ backupRoot }: Contender): Promise<void> {
    await handOver(this.#holder ?? backupRoot, backupRoot);
    this.#holder = backupRoot;
    await bringUpToDate(this.#stand.home.root, backupRoot);
    this.#interruption.check();
  }
}
