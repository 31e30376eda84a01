/** Changes at the worst of moments: one test for each way in which a second look could overlook something. */
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { TRUST_MARGINS } from '../../src/home/scan/file-systems.ts';
import { makeSmallHome } from '../support/home-changes/changes.ts';
import { MARGIN_MS, ScannedHome, type ScannedHomeOptions } from '../support/home-changes/scanned-home.ts';
import { mountDisk } from '../support/mounts.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const REPOSITORY = 'shared/data/repositories/1';
const ATTACHMENTS = 'shared/data/attachments';

/** Everything in it is older than what a look trusts. */
async function settledHome(options: Omit<ScannedHomeOptions, 'place'> = {}): Promise<ScannedHome> {
  const home = new ScannedHome({ place: join(temporaryFolder(), 'place'), ...options });
  makeSmallHome(home.files);
  await sleep(2 * MARGIN_MS);
  return home;
}

async function settled(work: () => void): Promise<void> {
  work();
  await sleep(2 * MARGIN_MS);
}

/** After the first look: copies, changes, looks again, copies what differs, compares. */
async function expectCopied(home: ScannedHome, change: () => void): Promise<readonly string[]> {
  const { suspects } = await home.copyAll();
  await settled(change);
  const changes = await home.lookAgain(suspects);
  expect(changes.problem).toBeUndefined();
  await home.copyListed(changes);
  const { copy, source } = home.fingerprints();
  expect(copy).toEqual(source);
  return changes.paths;
}

describe('a folder that was named and then not there during the first look', () => {
  const object = `${REPOSITORY}/objects/7f`;

  it('is compared when it was made again before the copy', async () => {
    const home = await settledHome({
      beforeFolder: (path) => {
        if (path === object) {
          // As git removes a folder of objects that are in a pack now.
          home.files.remove(object);
        }
      },
    });
    expect(await home.look()).toBeUndefined();
    home.files.makeFolder(object);
    home.files.write(`${object}/${'0'.repeat(38)}`, 'pushed before the copy');
    await expectCopied(home, () => {
      home.files.write(`${object}/${'1'.repeat(38)}`, 'pushed after the copy');
    });
  });

  it('is compared when a folder above it was away for that moment', async () => {
    let isAway = false;
    const home = await settledHome({
      beforeFolder: (path) => {
        if (path === object) {
          home.files.rename(REPOSITORY, `${REPOSITORY}-away`);
          isAway = true;
        } else if (isAway) {
          home.files.rename(`${REPOSITORY}-away`, REPOSITORY);
          isAway = false;
        }
      },
    });
    expect(await home.look()).toBeUndefined();
    expect(isAway).toBe(false);
    await expectCopied(home, () => {
      home.files.write(`${object}/${'1'.repeat(38)}`, 'pushed after the copy');
    });
  });

  it('is compared when the home itself was away for that moment', async () => {
    let isAway = false;
    const comeBack = (): void => {
      if (isAway) {
        renameSync(`${home.source}-away`, home.source);
        isAway = false;
      }
    };
    const home: ScannedHome = await settledHome({
      beforeFolder: (path) => {
        comeBack();
        if (path === object) {
          renameSync(home.source, `${home.source}-away`);
          isAway = true;
        }
      },
    });
    expect(await home.look()).toBeUndefined();
    comeBack();
    await expectCopied(home, () => {
      home.files.write(`${object}/${'1'.repeat(38)}`, 'pushed after the copy');
    });
  });

  it('is compared when it was a link for that moment', async () => {
    const deep = `${ATTACHMENTS}/deep`;
    const home = await settledHome({
      beforeFolder: (path) => {
        if (path === deep) {
          home.files.rename(deep, `${ATTACHMENTS}/away`);
          home.files.symlink('away', deep);
        }
      },
    });
    expect(await home.look()).toBeUndefined();
    home.files.remove(deep);
    home.files.rename(`${ATTACHMENTS}/away`, deep);
    await expectCopied(home, () => home.files.append(`${deep}/er/two words`, 'more'));
  });
});

describe('a folder that was moved and has a link to its new place', () => {
  it('is copied as a link, though what lies behind it has changed', async () => {
    const home = await settledHome();
    expect(await home.look()).toBeUndefined();
    await expectCopied(home, () => {
      home.files.rename(`${ATTACHMENTS}/deep`, `${ATTACHMENTS}/elsewhere`);
      home.files.symlink('elsewhere', `${ATTACHMENTS}/deep`);
      home.files.append(`${ATTACHMENTS}/elsewhere/er/two words`, 'more');
    });
  });
});

describe('a second change in one tick of the clock, with the first look and the copy in between', () => {
  it('is copied, though no time stamp tells of it', async () => {
    // Whole seconds, so that one tick is long enough for all of it.
    const making = ['-I', '128', '-O', '^metadata_csum,^project'];
    const disk = await mountDisk(join(temporaryFolder(), 'mounted'), 64 * 1024 ** 2, making);
    const home = new ScannedHome({ place: join(disk, 'place'), marginMs: TRUST_MARGINS.local });
    makeSmallHome(home.files);
    await sleep(TRUST_MARGINS.local + 1_100);
    let isOneTick = false;
    for (let attempt = 1; attempt <= 5 && !isOneTick; attempt += 1) {
      await sleep(1_010 - (Date.now() % 1_000));
      const second = Math.floor(Date.now() / 1_000);
      const change = (text: string): void => {
        // In a folder that is long unchanged, in one that has just changed, and one that gets another name.
        home.files.overwrite('shared/bitbucket.properties', text);
        home.files.write(`${ATTACHMENTS}/young`, text);
        home.files.write(`${REPOSITORY}/objects/7f/${text.repeat(38)}`, 'an object');
      };
      change('a');
      await home.look();
      const { suspects } = await home.copyAll();
      change('b');
      isOneTick = Math.floor(Date.now() / 1_000) === second;
      await home.copyListed(await home.lookAgain(suspects));
      const { copy, source } = home.fingerprints();
      expect(copy).toEqual(source);
      home.files.remove(`${REPOSITORY}/objects/7f/${'b'.repeat(38)}`);
    }
    expect(isOneTick).toBe(true);
  });
});
