/** Random homes, random changes before, during and between looks and passes: the copy is the source, each time. */
import { mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PassResult } from '../../src/home/rsync-pass.ts';
import { apply, type Change, makeSmallHome, someChanges } from '../support/home-changes/changes.ts';
import { MARGIN_MS, ScannedHome } from '../support/home-changes/scanned-home.ts';

/** Stories in all. Told by several tellers at once, because each waits for rsync most of the time. */
const RUNS = Number(process.env['HOME_DELTA_RUNS'] ?? 2_100);
const TELLERS = [1, 2, 3];

/** The same stories each time; `HOME_DELTA_SEED=random` tells new ones. When what happens meets the copy still differs. */
const SEED = process.env['HOME_DELTA_SEED'] === 'random' ? Date.now() : 20_261_124;

/** A home has some 30 folders; the changes are to meet all of its first look. */
const FOLDERS_PER_CHANGE = 3;

interface Story {
  readonly before: readonly Change[];
  /** Is the file system taken for one that is reached over a network? */
  readonly isNetwork: boolean;
  /** Does everything get older than the margin before the first look? */
  readonly isSettled: boolean;
  readonly duringLook: readonly Change[];
  readonly betweenLookAndPass: readonly Change[];
  readonly duringPass: readonly Change[];
  readonly afterPass: readonly Change[];
  /** Is the last pass rehearsed while users work, as the strategy does? */
  readonly isRehearsed: boolean;
  readonly betweenLooks: readonly Change[];
  readonly duringRehearsal: readonly Change[];
  readonly afterRehearsal: readonly Change[];
}

const stories: fc.Arbitrary<Story> = fc.record({
  before: someChanges,
  isNetwork: fc.boolean(),
  isSettled: fc.boolean(),
  duringLook: someChanges,
  betweenLookAndPass: someChanges,
  duringPass: someChanges,
  afterPass: someChanges,
  isRehearsed: fc.boolean(),
  betweenLooks: someChanges,
  duringRehearsal: someChanges,
  afterRehearsal: someChanges,
});

let folder = '';
let told = 0;
let wholes = 0;

beforeAll(() => {
  folder = mkdtempSync(join(process.env['HOME_DELTA_FOLDER'] ?? '/var/tmp', 'home-delta-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  expect(wholes).toBeLessThan(told / 3);
});

describe.concurrent('home-delta: git-aware', () => {
  it.each(TELLERS)(
    'copies what changed, whatever changed and whenever, teller %d',
    { timeout: 1_800_000 },
    async (teller) => {
      const numRuns = Math.ceil(RUNS / TELLERS.length);
      await fc.assert(
        fc.asyncProperty(stories, async (story) => {
          told += 1;
          const place = join(folder, String(told));
          await tell(place, story);
          rmSync(place, { recursive: true, force: true });
        }),
        { numRuns, endOnFailure: true, seed: SEED + teller },
      );
      expect(told).toBeGreaterThanOrEqual(numRuns);
    },
  );
});

async function tell(place: string, story: Story): Promise<void> {
  let looked = 0;
  const home = new ScannedHome({
    place,
    isNetwork: story.isNetwork,
    beforeFolder: () => {
      const change =
        looked % FOLDERS_PER_CHANGE === 1
          ? story.duringLook[Math.floor(looked / FOLDERS_PER_CHANGE)]
          : undefined;
      apply(change === undefined ? [] : [change], home.files);
      looked += 1;
    },
  });
  makeSmallHome(home.files);
  apply(story.before, home.files);
  if (story.isSettled) {
    await sleep(2 * MARGIN_MS);
  }
  expect(await home.look()).toBeUndefined();
  apply(story.betweenLookAndPass, home.files);
  const { suspects } = await changingMeanwhile(home, story.duringPass, home.copyAll());
  apply(story.afterPass, home.files);
  const last = story.isRehearsed ? await rehearse(home, story, suspects) : suspects;
  const found = last === undefined ? undefined : await home.lookAgain(last);
  if (found === undefined || found.problem !== undefined) {
    // Everything is copied then; what rsync alone makes of it is not ours to prove.
    wholes += 1;
    return;
  }
  await home.copyListed(found);
  const { copy, source } = home.fingerprints();
  expect(copy).toEqual(source);
}

/** @returns what had vanished for rsync in it; undefined when that is not known, or all would be copied */
async function rehearse(
  home: ScannedHome,
  story: Story,
  suspects: readonly string[] | undefined,
): Promise<readonly string[] | undefined> {
  if (suspects === undefined) {
    return undefined;
  }
  const changes = await home.lookForRehearsal(suspects, () => apply(story.betweenLooks, home.files));
  if (changes.problem !== undefined) {
    return undefined;
  }
  const copying = home.copyListed(changes, 'live').catch(async (error: unknown) => {
    // As the strategy does when a folder goes under rsync's hands.
    expect(error).toMatchObject({ code: 'HOME_FAILED' });
    return await home.copyAll();
  });
  const result = await changingMeanwhile(home, story.duringRehearsal, copying);
  apply(story.afterRehearsal, home.files);
  return result.suspects;
}

async function changingMeanwhile(
  home: ScannedHome,
  changes: readonly Change[],
  copying: Promise<PassResult>,
): Promise<PassResult> {
  for (const change of changes) {
    await sleep(2);
    apply([change], home.files);
  }
  return await copying;
}
