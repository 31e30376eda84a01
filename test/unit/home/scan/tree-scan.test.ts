import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeSmallHome } from '../../../support/home-changes/changes.ts';
import { ScannedHome } from '../../../support/home-changes/scanned-home.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

afterEach(() => {
  vi.useRealTimers();
});

function smallHome(): ScannedHome {
  const home = new ScannedHome({ place: join(temporaryFolder(), 'place') });
  makeSmallHome(home.files);
  return home;
}

describe('the clock', () => {
  it.each([
    ['set back by a second', -1_000, /^the clock of this machine was set back by 1\.\d s meanwhile$/],
    ['set back by a day', -86_400_000, /set back by 8640\d\.\d s/],
    ['slewed', -200, undefined],
    ['set forward', 3_600_000, undefined],
  ])('that was %s between the looks', async (_, byMs, problem) => {
    const home = smallHome();
    expect(await home.look()).toBeUndefined();
    await home.copyAll();
    const now = Date.now();
    vi.useFakeTimers({ toFake: ['Date'], now: now + byMs });
    const changes = await home.lookAgain();
    expect(changes.problem ?? '').toMatch(problem ?? /^$/);
    expect(changes.paths.length > 0).toBe(problem === undefined);
  });
});

describe('a first look at nothing', () => {
  it('is worth nothing: a second one would find that nothing has changed', async () => {
    const home: ScannedHome = new ScannedHome({
      place: join(temporaryFolder(), 'place'),
      beforeFolder: (path) => {
        if (path === '') {
          rmSync(home.source, { recursive: true });
        }
      },
    });
    expect(await home.look()).toBe('it was not there when it was looked at');
  });
});

describe('a home that became another one', () => {
  it('is copied as a whole', async () => {
    const home = smallHome();
    expect(await home.look()).toBeUndefined();
    await home.copyAll();
    renameSync(home.source, `${home.source}-before`);
    mkdirSync(home.source);
    makeSmallHome(home.files);
    const { problem, paths } = await home.lookAgain();
    expect(problem).toBe(`${home.source} is another folder than before`);
    expect(paths).toEqual([]);
  });
});
