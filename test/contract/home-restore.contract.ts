/** What every strategy that puts a home back has to pass. */
import { chmod, chown, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FOREIGN_ID, fingerprintTree } from '../support/bitbucket-home.ts';
import { failureOf } from '../support/failure.ts';
import { never } from './home-context.ts';
import {
  type ArchivedHome,
  archiveHome,
  namesIn,
  openRestorePlace,
  removePartials,
  removeUnpacked,
  type RestorePlace,
  type RestoreTestRun,
  standing,
  type StartHomeRestore,
  type Tree,
  withoutOwnTime,
} from './home-restore-context.ts';

/** How the folders are found that something is restored to. */
const TARGETS = ['do not exist', 'are there and empty'] as const;

type Target = (typeof TARGETS)[number];

const MOMENTS = [
  'before the restore',
  'after the restore',
  'half-way into the places',
  'after the end',
] as const;

export function describeHomeRestoreContract(name: string, start: StartHomeRestore): void {
  describe(`home restore ${name}`, () => {
    let archive: ArchivedHome;
    beforeAll(async () => {
      archive = await archiveHome();
    });
    afterAll(async () => {
      await archive[Symbol.asyncDispose]();
    });

    const open = async (target: Target): Promise<RestorePlace> => {
      const place = await openRestorePlace(archive);
      if (target === 'are there and empty') {
        await makeTargets(place);
      }
      return place;
    };

    it.each(TARGETS)('finds nothing wrong with folders that %s, and changes nothing', async (target) => {
      const place = await open(target);
      const before = await standing(place);
      const { strategy } = start(place.inputs);
      expect(await strategy.preflight(undefined)).toEqual([]);
      expect(await strategy.preflight(archive.part)).toEqual([]);
      expect(await strategy.preflight({ recorded: undefined, drained: false })).toEqual([]);
      expect(await standing(place)).toEqual(before);
    });

    it('puts home and data stores where nothing was: names, content, links, modes, owners, times', async () => {
      const place = await open('do not exist');
      const run = start(place.inputs);
      await run.strategy.preflight(archive.part);
      await run.strategy.restore(archive.part, place.unpacked, never);
      expect(await restoredAt(place)).toEqual([new Map(), new Map(), new Map()]);
      const restored = await run.strategy.complete();
      await expectAll(place, archive, (tree) => tree);
      expect(restored).toMatchObject({
        place: `at ${[place.homePath, ...targetsOf(place).slice(1).toReversed()].join(', ')}`,
        counts: [{ what: 'repositories', recorded: archive.repositories, restored: archive.repositories }],
      });
      expect(restored.todo).toHaveLength(2);
      expect(restored.todo[0]).toContain(
        `The data store ${archive.stores[0]} is now at ${join(place.storesPath, 'store-1')}`,
      );
      await removeUnpacked(place);
      expect(await namesIn(place.folder)).toEqual(['home', 'stores']);
    });

    it('fills folders that were there, keeps lost+found, and gives them the rights of those in the archive', async () => {
      const place = await open('are there and empty');
      await complete(start(place.inputs), archive, place);
      await expectAll(place, archive, withoutOwnTime, ({ path }) => path === 'lost+found');
      for (const path of targetsOf(place)) {
        expect(await readdir(path)).toContain('lost+found');
      }
    });

    describe.each(TARGETS)('into folders that %s', (target) => {
      it.each(MOMENTS)('takes everything back %s, and once more', async (moment) => {
        const place = await open(target);
        const before = await standing(place);
        const run = start(place.inputs);
        await run.strategy.preflight(archive.part);
        await reach(moment, run, archive, place);
        await run.strategy.discard();
        expect(await standing(place)).toEqual(before);
        await run.strategy.discard();
        expect(await standing(place)).toEqual(before);
        // And the next one is right.
        await archive.unpackTo(`${place.unpacked}-2`);
        await complete(start(place.inputs), archive, { ...place, unpacked: `${place.unpacked}-2` });
        await expectAll(place, archive, withoutOwnTime, ({ path }) => path === 'lost+found');
      });

      it('stops half-way when something is in the way of the home', async () => {
        const place = await open(target);
        const run = start(place.inputs);
        await run.strategy.preflight(archive.part);
        await reach('half-way into the places', run, archive, place);
        expect(run.record().placed.map(({ path }) => path)).toEqual(targetsOf(place).slice(1));
        expect(await namesIn(join(place.storesPath, 'store-2'))).toContain('repositories');
      });

      it.each(MOMENTS)('takes back what a run left that died %s', async (moment) => {
        const place = await open(target);
        const before = await standing(place);
        const dead = start(place.inputs);
        await dead.strategy.preflight(archive.part);
        await reach(moment, dead, archive, place);
        const next = start(place.inputs);
        const said = await next.strategy.recover(dead.record(), dead.runId);
        expect(said.filter((sentence) => sentence.startsWith('Removed '))).toHaveLength(
          dead.record().placed.length,
        );
        await removePartials(dead);
        expect(await standing(place)).toEqual(before);
        expect(await next.strategy.preflight(archive.part)).toEqual([]);
        // Whatever is said of it twice changes nothing.
        await next.strategy.recover(dead.record(), dead.runId);
        expect(await standing(place)).toEqual(before);
      });

      it('recovers nothing that somebody uses since', async () => {
        const place = await open(target);
        const dead = start(place.inputs);
        await dead.strategy.preflight(archive.part);
        await complete(dead, archive, place);
        await mkdir(join(place.homePath, 'log'));
        const before = await standing(place);
        const failure = await failureOf(start(place.inputs).strategy.recover(dead.record(), dead.runId));
        expect(failure).toMatchObject({ code: 'TARGET_IN_USE' });
        expect(failure.message).toContain(`${place.homePath} in its place`);
        expect(failure.message).toContain('(log)');
        expect(await standing(place)).toEqual(before);
      });

      it('recovers nothing that somebody else has put there since, whatever its names', async () => {
        const place = await open(target);
        const dead = start(place.inputs);
        await dead.strategy.preflight(archive.part);
        await complete(dead, archive, place);
        for (const path of targetsOf(place)) {
          await rename(path, `${path}-away`);
        }
        await archive.unpackTo(`${place.unpacked}-2`);
        await rename(join(`${place.unpacked}-2`, 'bitbucket-home'), place.homePath);
        const before = await fingerprintTree(place.homePath);
        const said = await start(place.inputs).strategy.recover(dead.record(), dead.runId);
        expect(await fingerprintTree(place.homePath)).toEqual(before);
        expect(said.join('\n')).toContain(`${place.homePath} is not what`);
      });
    });

    it('leaves alone what a run made that restored to other folders, and says so', async () => {
      const place = await open('do not exist');
      const elsewhere = join(place.folder, 'elsewhere');
      const dead = start({ ...place.inputs, 'home-path': elsewhere });
      await dead.strategy.preflight(archive.part);
      await complete(dead, archive, place);
      const said = await start(place.inputs).strategy.recover(dead.record(), dead.runId);
      expect(said).toContain(`${elsewhere} was filled by a restore that died; it was left as it is.`);
      expect(await fingerprintTree(elsewhere)).toEqual(archive.home);
      expect(await readdir(place.storesPath)).toEqual([]);
    });

    it('overwrites nothing that has come since preflight, and leaves it there', async () => {
      const place = await open('do not exist');
      const run = start(place.inputs);
      await run.strategy.preflight(archive.part);
      await run.strategy.restore(archive.part, place.unpacked, never);
      await mkdir(join(place.homePath, 'shared'), { recursive: true });
      await writeFile(join(place.homePath, 'shared', 'bitbucket.properties'), 'precious');
      const before = await fingerprintTree(place.homePath);
      const failure = await failureOf(run.strategy.complete());
      expect(failure).toMatchObject({ code: 'TARGET_IN_USE' });
      expect(failure.message).toContain(`${place.homePath} is not empty any more (shared)`);
      await run.strategy.discard();
      expect(await fingerprintTree(place.homePath)).toEqual(before);
      expect(await namesIn(place.storesPath)).toEqual([]);
      await removeUnpacked(place);
      expect(await namesIn(place.folder)).toEqual(['home', 'stores']);
    });

    it('ends when it is cancelled, and leaves nothing', async () => {
      const place = await open('do not exist');
      const before = await standing(place);
      const { strategy } = start(place.inputs);
      await strategy.preflight(archive.part);
      const cancelled = AbortSignal.abort(new Error('cancelled'));
      await expect(strategy.restore(archive.part, place.unpacked, cancelled)).rejects.toThrow('cancelled');
      await strategy.discard();
      expect(await standing(place)).toEqual(before);
    });
  });
}

export async function complete(
  { strategy }: RestoreTestRun,
  archive: ArchivedHome,
  { unpacked }: Pick<RestorePlace, 'unpacked'>,
): Promise<void> {
  await strategy.restore(archive.part, unpacked, never);
  await strategy.complete();
}

/** Stops short at a moment, as a run that fails or dies there. */
async function reach(
  moment: (typeof MOMENTS)[number],
  run: RestoreTestRun,
  archive: ArchivedHome,
  place: RestorePlace,
): Promise<void> {
  if (moment === 'before the restore') {
    return;
  }
  await run.strategy.restore(archive.part, place.unpacked, never);
  if (moment === 'after the end') {
    await run.strategy.complete();
  }
  if (moment === 'half-way into the places') {
    // The home comes last, and something is in its way.
    const obstacle = join(place.homePath, 'in-the-way');
    await mkdir(obstacle, { recursive: true });
    await failureOf(run.strategy.complete());
    await rm(obstacle, { recursive: true });
    if ((await readdir(place.homePath)).length === 0) {
      await rm(place.homePath, { recursive: true });
    }
  }
}

/** As new file systems are: theirs alone is `lost+found`. */
async function makeTargets(place: RestorePlace): Promise<void> {
  for (const path of targetsOf(place)) {
    await mkdir(join(path, 'lost+found'), { recursive: true, mode: 0o700 });
    await chown(path, FOREIGN_ID, FOREIGN_ID);
    await chmod(path, 0o2711);
  }
}

function targetsOf({ homePath, storesPath }: RestorePlace): readonly [string, string, string] {
  return [homePath, join(storesPath, 'store-1'), join(storesPath, 'store-2')];
}

async function restoredAt(place: RestorePlace): Promise<readonly Tree[]> {
  return await Promise.all(
    targetsOf(place).map(async (path) => await fingerprintTree(path).catch(() => new Map<string, string>())),
  );
}

/** @param normalize of both sides. @param exclude what was there before */
async function expectAll(
  place: RestorePlace,
  archive: ArchivedHome,
  normalize: (tree: Tree) => Tree,
  exclude: (entry: { readonly path: string }) => boolean = () => false,
): Promise<void> {
  const expected = [archive.home, ...archive.storeTrees].map(normalize);
  const found: Tree[] = [];
  for (const path of targetsOf(place)) {
    found.push(normalize(await fingerprintTree(path, { exclude: (name) => exclude({ path: name }) })));
  }
  expect(found).toEqual(expected);
  expect(found.every((tree) => tree.size > 10)).toBe(true);
}
