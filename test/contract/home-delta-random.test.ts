/** Random homes, random changes before, during and between looks and passes: the copy is the source, each time. */
import { mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apply, type Change, makeSmallHome, someChanges } from '../support/home-changes/changes.ts';
import { MARGIN_MS, ScannedHome } from '../support/home-changes/scanned-home.ts';

const RUNS = Number(process.env['HOME_DELTA_RUNS'] ?? 1_000);

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
}

const stories: fc.Arbitrary<Story> = fc.record({
  before: someChanges,
  isNetwork: fc.boolean(),
  isSettled: fc.boolean(),
  duringLook: someChanges,
  betweenLookAndPass: someChanges,
  duringPass: someChanges,
  afterPass: someChanges,
});

let folder = '';
let wholes = 0;

beforeAll(() => {
  folder = mkdtempSync(join(process.env['HOME_DELTA_FOLDER'] ?? '/var/tmp', 'home-delta-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('home-delta: git-aware', () => {
  it('copies what changed, whatever changed and whenever', { timeout: 1_800_000 }, async () => {
    let number = 0;
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        number += 1;
        const place = join(folder, String(number));
        await tell(place, story);
        rmSync(place, { recursive: true, force: true });
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
    expect(wholes).toBeLessThan(RUNS / 4);
  });
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
  const first = home.copyAll();
  for (const change of story.duringPass) {
    await sleep(2);
    apply([change], home.files);
  }
  const { suspects } = await first;
  if (suspects === undefined) {
    // The strategy begins again then.
    wholes += 1;
    return;
  }
  apply(story.afterPass, home.files);
  const { paths, problem } = await home.lookAgain(suspects);
  if (problem !== undefined) {
    // What rsync alone makes of it is not ours to prove.
    wholes += 1;
    return;
  }
  await home.copyListed(paths);
  const { copy, source } = home.fingerprints();
  expect(copy).toEqual(source);
}
