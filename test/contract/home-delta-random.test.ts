/** Random homes, random changes before, between and during the passes: the copy is the source, each time. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCommandRunner } from '../../src/host/command.ts';
import { findRsync, type RsyncProgram } from '../../src/home/rsync-program.ts';
import { type Pass, type PassResult, runPass } from '../../src/home/rsync-pass.ts';
import { type TrustMargins } from '../../src/home/scan/file-systems.ts';
import { ScanJobs } from '../../src/home/scan/scan-jobs.ts';
import type { JobRunner } from '../../src/home/scan/thread-work.ts';
import { TreeScan } from '../../src/home/scan/tree-scan.ts';
import { writeFileSync } from 'node:fs';
import { ByteFiles } from '../support/home-changes/byte-files.ts';
import { apply, type Change, makeSmallHome, someChanges } from '../support/home-changes/changes.ts';
import { fingerprint } from '../support/home-changes/fingerprint.ts';

const RUNS = Number(process.env['HOME_DELTA_RUNS'] ?? 1_000);

/** Twice the tick of this kernel's clock, or thereabouts; real margins would have every file of a test be too young. */
const MARGIN_MS = 12;
const margins: TrustMargins = { local: MARGIN_MS, network: MARGIN_MS };

const EXCLUSIONS = ['/caches/', '/log/', '/tmp'];
const commands = createCommandRunner();

interface Story {
  readonly before: readonly Change[];
  /** Is the file system taken for one that is reached over a network? */
  readonly isNetwork: boolean;
  /** Does everything get older than the margin before the first look? */
  readonly isSettled: boolean;
  readonly betweenLookAndPass: readonly Change[];
  readonly duringPass: readonly Change[];
  readonly afterPass: readonly Change[];
}

const stories: fc.Arbitrary<Story> = fc.record({
  before: someChanges,
  isNetwork: fc.boolean(),
  isSettled: fc.boolean(),
  betweenLookAndPass: someChanges,
  duringPass: someChanges,
  afterPass: someChanges,
});

let folder = '';
let program: RsyncProgram;
let wholes = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(process.env['HOME_DELTA_FOLDER'] ?? '/var/tmp', 'home-delta-'));
  const found = await findRsync(commands);
  if (found === undefined) {
    throw new Error('rsync is missing.');
  }
  program = found;
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
  const source = join(place, 'home');
  const copy = join(place, 'copy');
  mkdirSync(source, { recursive: true });
  mkdirSync(copy);
  const files = new ByteFiles(source);
  makeSmallHome(files);
  apply(story.before, files);
  if (story.isSettled) {
    await sleep(2 * MARGIN_MS);
  }
  const scan = new TreeScan(inThisThread(story.isNetwork), { source, exclusions: EXCLUSIONS });
  expect((await scan.firstLook()).problem).toBeUndefined();
  apply(story.betweenLookAndPass, files);
  const first = pass({ source, target: copy, mode: 'live' });
  for (const change of story.duringPass) {
    await sleep(2);
    apply([change], files);
  }
  const { suspects } = await first;
  if (suspects === undefined) {
    // The strategy begins again then.
    wholes += 1;
    return;
  }
  apply(story.afterPass, files);
  const { paths, problem } = await scan.secondLook({ copyRoot: copy, suspects }, () => undefined);
  if (problem !== undefined) {
    // What rsync alone makes of it is not ours to prove.
    wholes += 1;
    return;
  }
  const listFile = join(place, 'list');
  writeFileSync(listFile, Buffer.from(paths.map((path) => `./${path}\0`).join(''), 'latin1'));
  await pass({ source, target: copy, mode: 'locked', listFile });
  const isExcluded = (path: string): boolean => path === 'caches';
  expect(fingerprint(copy, isExcluded)).toEqual(fingerprint(source, isExcluded));
}

async function pass(options: Pick<Pass, 'source' | 'target' | 'mode' | 'listFile'>): Promise<PassResult> {
  return await runPass(commands, { ...options, program, what: 'the home', exclusions: EXCLUSIONS });
}

function inThisThread(isNetwork: boolean): JobRunner {
  const jobs = new ScanJobs(margins, () => (isNetwork ? 'network' : 'local'));
  return {
    work: async (next, take) => {
      for (let job = next(); job !== undefined; job = next()) {
        const { outcome } = jobs.do(job);
        if (outcome.what === 'failed') {
          throw new Error(outcome.message);
        }
        take(outcome);
      }
      await Promise.resolve();
    },
  };
}
