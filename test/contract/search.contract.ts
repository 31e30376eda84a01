/** What every search strategy must do, on every server: one suite, run against all of them. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SearchStrategyChoice } from '../../src/search/registry.ts';
import type { BackedUp } from '../../src/strategies/contract.ts';
import type { ArchivedPart, RestoreStrategy } from '../../src/strategies/restore.ts';
import { failureOf } from '../support/failure.ts';
import { type SearchProgram, whyMissing } from '../support/search/installed.ts';
import type { SearchFixture } from '../support/search/search-fixture.ts';
import {
  backUp,
  backupRun,
  type Inputs,
  never,
  restoreRun,
  type SearchRestoreRun,
} from './search-context.ts';

/** A real server. */
export interface SearchUnderTest {
  readonly fixture: SearchFixture;
  /** Where the strategy talks to it, and where its repository is to be; another place at each call. */
  inputs(): Inputs;
  /** Settings of a repository at the place of these inputs, as by hand. */
  repository(inputs: Inputs): { readonly type: string; readonly settings: Readonly<Record<string, string>> };
  close(): Promise<void>;
}

export const INDEX = 'bitbucket-search-v1';
export const ALIAS = 'bitbucket-search';
export const REPOSITORY = 'bitbucket-snapshots';

/** A machine may have much else to do. */
const SOON = { timeout: 20_000, interval: 50 };

export function archived(recorded: BackedUp): ArchivedPart {
  return { recorded: structuredClone(recorded), drained: true };
}

/** @param programs without which it cannot run: when a registry did not deliver one, each test is skipped and says so */
export function describeSearchContract(
  name: SearchStrategyChoice,
  { on, programs }: { readonly on: string; readonly programs: readonly SearchProgram[] },
  start: () => Promise<SearchUnderTest>,
): void {
  describe(`search strategy ${name} on ${on}`, { timeout: 120_000 }, () => {
    const missing = whyMissing(...programs);
    let server: SearchUnderTest;
    let inputs: Inputs;
    beforeAll(async () => {
      if (missing === undefined) {
        server = await start();
      }
    }, 180_000);
    afterAll(async () => {
      if (missing === undefined) {
        await server.close();
      }
    });
    beforeEach(({ skip }) => {
      skip(missing !== undefined, missing);
    });
    afterEach(async () => {
      if (missing === undefined) {
        await server.fixture.clear();
      }
    });

    const makeIndex = async (
      size: { documents: number; bytes?: number } = { documents: 60 },
    ): Promise<void> => {
      inputs = server.inputs();
      await server.fixture.makeIndex(INDEX, ALIAS, size);
    };
    const restore = async (
      part: ArchivedPart,
      given: Inputs = withoutIndex(inputs),
    ): Promise<SearchRestoreRun> => {
      const run = await restoreRun(name, given);
      expect(await run.strategy.preflight(undefined)).toEqual([]);
      expect(await run.strategy.preflight(part)).toEqual([]);
      await run.strategy.restore(part, '/nowhere', never);
      return run;
    };
    /** By hand, so slow that a snapshot or a restore lasts as long as the test wants. */
    const registerSlow = async (): Promise<void> => {
      const { type, settings } = server.repository(inputs);
      await server.fixture.tell('PUT', `/_snapshot/${REPOSITORY}`, {
        type,
        settings: { ...settings, max_snapshot_bytes_per_sec: '100kb', max_restore_bytes_per_sec: '100kb' },
      });
    };

    it('takes a snapshot, and index, documents and aliases are the same after the restore', async () => {
      await makeIndex();
      const before = await server.fixture.fingerprint(INDEX);
      const run = await backupRun(name, inputs);
      expect(await run.strategy.spaceNeeds()).toEqual([]);
      const part = await backUp(run);
      expect(part).toMatchObject({ strategy: name, included: true, members: [] });
      expect(part.details).toMatchObject({
        repository: REPOSITORY,
        snapshot: 'bitbucket-20261126-020000-000',
        shards: 2,
        indices: { [INDEX]: [ALIAS] },
      });
      await run.strategy.close?.();
      await server.fixture.tell('DELETE', `/${INDEX}`);
      const { strategy, record } = await restore(archived(part));
      expect(await strategy.complete()).toMatchObject({
        counts: [
          { what: 'indices', recorded: 1, restored: 1 },
          { what: 'shards', recorded: 2, restored: 2 },
          { what: 'documents', restored: 60 },
        ],
        todo: [],
      });
      expect(await server.fixture.fingerprint(INDEX)).toEqual(before);
      expect(record().search).toMatchObject({ indices: [INDEX], registered: false });
      expect(await server.fixture.repositories()).toEqual([REPOSITORY]);
    });

    it('holds what was there when it captured, whatever happens afterwards', async () => {
      await makeIndex();
      const before = await server.fixture.fingerprint(INDEX);
      const { strategy, lines } = await backupRun(name, inputs);
      expect(await strategy.preflight()).toEqual([]);
      await strategy.prepare(never);
      const captured = await strategy.capture(never);
      await server.fixture.addDocuments(INDEX, { from: 0, to: 30, bytes: 10 });
      await server.fixture.addDocuments(INDEX, { from: 60, to: 90 });
      const part = await captured.settle(never);
      expect(await server.fixture.fingerprint(INDEX)).not.toEqual(before);
      expect(lines.join('\n')).not.toContain('had not begun');
      await server.fixture.tell('DELETE', `/${INDEX}`);
      await (await restore(archived(part))).strategy.complete();
      expect(await server.fixture.fingerprint(INDEX)).toEqual(before);
    });

    it('takes in every index that fits, and no other', async () => {
      await makeIndex();
      await server.fixture.makeIndex('bitbucket-project', 'bitbucket-projects', { documents: 5, shards: 1 });
      await server.fixture.makeIndex('bitbucketless', 'nobody', { documents: 5, shards: 1 });
      const given = { ...inputs, 'elasticsearch-index': 'bitbucket-*' };
      const part = await backUp(await backupRun(name, given));
      expect(part.details['indices']).toEqual({
        [INDEX]: [ALIAS],
        'bitbucket-project': ['bitbucket-projects'],
      });
    });

    it('discards, twice', async () => {
      await makeIndex();
      const { strategy } = await backupRun(name, inputs);
      await strategy.prepare(never);
      const captured = await strategy.capture(never);
      await captured.discard();
      await captured.discard();
      expect(await server.fixture.snapshots(REPOSITORY)).toEqual([]);
    });

    it('fails half-way when an index goes before the lock, and leaves no snapshot', async () => {
      await makeIndex();
      const { strategy } = await backupRun(name, inputs);
      await strategy.prepare(never);
      await server.fixture.tell('DELETE', `/${INDEX}`);
      const failure = await failureOf((async () => await (await strategy.capture(never)).settle(never))());
      expect(failure.code).toBe('SEARCH_FAILED');
      expect(failure.message).toMatch(/no such index|does not hold bitbucket-search-v1/);
      await strategy.close?.();
      expect(await server.fixture.snapshots(REPOSITORY)).toEqual([]);
    });

    it('is cancelled before each phase', async () => {
      await makeIndex();
      const { strategy } = await backupRun(name, inputs);
      const canceled = AbortSignal.abort(new Error('enough'));
      await expect(strategy.prepare(canceled)).rejects.toThrow('enough');
      await strategy.prepare(never);
      await expect(strategy.capture(canceled)).rejects.toThrow('enough');
      const captured = await strategy.capture(never);
      await expect(captured.settle(canceled)).rejects.toThrow('enough');
      await captured.discard();
      expect(await server.fixture.snapshots(REPOSITORY)).toEqual([]);
    });

    it('is cancelled while the snapshot is being taken, and ends it', async () => {
      await makeIndex({ documents: 250, bytes: 2_000 });
      await registerSlow();
      const { strategy } = await backupRun(name, inputs);
      expect(await strategy.preflight()).toEqual([]);
      await strategy.prepare(never);
      const captured = await strategy.capture(never);
      const canceling = new AbortController();
      const settled = captured.settle(canceling.signal);
      settled.catch(() => undefined);
      await vi.waitFor(async () => {
        const { body } = await server.fixture.ask('GET', `/_snapshot/${REPOSITORY}/_status`);
        expect(JSON.stringify(body)).toContain('"STARTED"');
      }, SOON);
      canceling.abort(new Error('enough'));
      await expect(settled).rejects.toThrow('enough');
      await captured.discard();
      expect(await server.fixture.snapshots(REPOSITORY)).toEqual([]);
    });

    it('waits for another snapshot before the lock', async () => {
      await makeIndex({ documents: 80, bytes: 2_000 });
      await registerSlow();
      await server.fixture.tell('PUT', `/_snapshot/${REPOSITORY}/by-hand`, { indices: INDEX });
      const { strategy, lines } = await backupRun(name, inputs);
      await strategy.prepare(never);
      expect(lines.join('\n')).toContain("Waiting for the search snapshot 'by-hand'");
      const part = await (await strategy.capture(never)).settle(never);
      expect(part.included).toBe(true);
    });

    it('prunes its own snapshots, the newest and those of kept archives stay', async () => {
      await makeIndex({ documents: 1 });
      const days = ['01', '02', '03', '04'].map((day) => `Bitbucket-202611${day}-020000-000`);
      for (const id of [...days, 'bitbucket-2-20261101-020000-000']) {
        await backUp(await backupRun(name, inputs, id));
      }
      await server.fixture.tell('PUT', `/_snapshot/${REPOSITORY}/by-hand?wait_for_completion=true`, {
        indices: INDEX,
      });
      const { strategy } = await backupRun(name, inputs, days[3]);
      expect(await strategy.prune?.(1, ['Bitbucket-20261102-020000-000'])).toEqual([
        'bitbucket-20261103-020000-000',
        'bitbucket-20261101-020000-000',
      ]);
      expect(await server.fixture.snapshots(REPOSITORY)).toEqual([
        'bitbucket-2-20261101-020000-000',
        'bitbucket-20261102-020000-000',
        'bitbucket-20261104-020000-000',
        'by-hand',
      ]);
    });

    it('uses a registered repository as it is, and refuses one that leads elsewhere', async () => {
      await makeIndex();
      const { type, settings } = server.repository(inputs);
      const other = server.inputs();
      await server.fixture.tell('PUT', `/_snapshot/${REPOSITORY}`, {
        type,
        settings: { ...settings, chunk_size: '20mb' },
      });
      await backUp(await backupRun(name, inputs));
      const registered = await server.fixture.tell('GET', `/_snapshot/${REPOSITORY}`);
      expect(registered).toMatchObject({ [REPOSITORY]: { settings: { chunk_size: '20mb' } } });
      const [finding] = await (await backupRun(name, other)).strategy.preflight();
      expect(finding).toMatchObject({ severity: 'error', subject: 'elasticsearch-repository' });
      expect(finding?.message).toMatch(/^Snapshot repository 'bitbucket-snapshots' is registered with /);
    });

    it('needs to be told the place of a repository that is not registered', async () => {
      await makeIndex();
      const { strategy } = await backupRun(name, withoutPlace(inputs));
      const [finding] = await strategy.preflight();
      expect(finding?.message).toMatch(
        /^Snapshot repository 'bitbucket-snapshots' is not registered, and input '/,
      );
    });

    it('does not back up an index that is not there, nor a wildcard that fits none', async () => {
      await makeIndex();
      for (const wrong of ['bitbucket-searches', 'bitbuckets-*']) {
        const { strategy } = await backupRun(name, {
          ...inputs,
          'elasticsearch-index': `${INDEX}, ${wrong}`,
        });
        const [finding, ...others] = await strategy.preflight();
        expect(finding).toMatchObject({ severity: 'error', subject: 'elasticsearch-index' });
        expect(finding?.message).toContain(`has no index '${wrong}'; correct elasticsearch-index`);
        expect(others).toEqual([]);
      }
    });

    it('restores onto a server that does not know the repository, and leaves none there', async () => {
      await makeIndex();
      const before = await server.fixture.fingerprint(INDEX);
      const part = archived(await backUp(await backupRun(name, inputs)));
      await server.fixture.tell('DELETE', `/${INDEX}`);
      await server.fixture.tell('DELETE', `/_snapshot/${REPOSITORY}`);
      const { strategy, record } = await restore(part);
      expect(record().search?.registered).toBe(true);
      await strategy.complete();
      expect(await server.fixture.fingerprint(INDEX)).toEqual(before);
      expect(await server.fixture.repositories()).toEqual([]);
    });

    it('refuses to restore where the index is, or its alias', async () => {
      await makeIndex();
      const part = archived(await backUp(await backupRun(name, inputs)));
      const { strategy } = await restoreRun(name, withoutIndex(inputs));
      const said = await complaints(strategy, part);
      expect(said).toHaveLength(2);
      expect(said[0]).toContain(`has an index '${INDEX}' already`);
      expect(said[1]).toContain(`has an alias '${ALIAS}' already`);
      await server.fixture.tell('DELETE', `/${INDEX}`);
      await server.fixture.makeIndex('bitbucket-other', ALIAS, { documents: 1 });
      const [taken, ...others] = await complaints(strategy, part);
      expect(taken).toContain(`has an alias '${ALIAS}' already, of the index bitbucket-other`);
      expect(others).toEqual([]);
    });

    it('refuses a snapshot that is gone, and an archive that names none', async () => {
      await makeIndex();
      const part = archived(await backUp(await backupRun(name, inputs)));
      await server.fixture.tell('DELETE', `/${INDEX}`);
      await server.fixture.tell('DELETE', `/_snapshot/${REPOSITORY}/bitbucket-20261126-020000-000`);
      const { strategy } = await restoreRun(name, withoutIndex(inputs));
      const [gone, ...others] = await complaints(strategy, part);
      expect(gone).toMatch(/^There is no snapshot 'bitbucket-20261126-020000-000' in repository/);
      expect(others).toEqual([]);
      const [unnamed] = await complaints(strategy, { recorded: undefined, drained: false });
      expect(unnamed).toContain('The archive has no manifest');
    });

    it('takes back a restore that is cancelled, and nothing twice', async () => {
      await makeIndex({ documents: 250, bytes: 2_000 });
      const part = archived(await backUp(await backupRun(name, inputs)));
      await server.fixture.tell('DELETE', `/${INDEX}`);
      await server.fixture.tell('DELETE', `/_snapshot/${REPOSITORY}`);
      await registerSlow();
      const { strategy } = await restoreRun(name, withoutIndex(inputs));
      const canceling = new AbortController();
      const restored = strategy.restore(part, '/nowhere', canceling.signal);
      restored.catch(() => undefined);
      await vi.waitFor(async () => {
        expect((await server.fixture.ask('GET', `/${INDEX}`)).status).toBe(200);
      }, SOON);
      canceling.abort(new Error('enough'));
      await expect(restored).rejects.toThrow('enough');
      await strategy.discard();
      await strategy.discard();
      expect(await server.fixture.fingerprint(INDEX)).toBeUndefined();
      expect(await server.fixture.repositories()).toEqual([REPOSITORY]);
    });

    it('takes back what a restore left that died, and leaves somebody else’s index alone', async () => {
      await makeIndex();
      const part = archived(await backUp(await backupRun(name, inputs)));
      await server.fixture.tell('DELETE', `/${INDEX}`);
      await server.fixture.tell('DELETE', `/_snapshot/${REPOSITORY}`);
      const dead = await restore(part);
      const next = await restoreRun(name, withoutIndex(inputs));
      expect(await next.strategy.recover(dead.record(), dead.runId)).toEqual([
        `Deleted the half-restored search index ${INDEX} of a restore that died.`,
      ]);
      expect(await server.fixture.fingerprint(INDEX)).toBeUndefined();
      expect(await server.fixture.repositories()).toEqual([]);
      await server.fixture.makeIndex(INDEX, ALIAS, { documents: 3 });
      expect(await next.strategy.recover(dead.record(), dead.runId)).toEqual([]);
      expect(await server.fixture.fingerprint(INDEX)).toBeDefined();
    });
  });
}

async function complaints(strategy: RestoreStrategy, part: ArchivedPart): Promise<readonly string[]> {
  return (await strategy.preflight(part)).map(({ message }) => message);
}

/** A restore has no input for it. */
export function withoutIndex({ 'elasticsearch-index': _left, ...rest }: Inputs): Inputs {
  return rest;
}

function withoutPlace({
  'elasticsearch-location': _location,
  'elasticsearch-s3-bucket': _bucket,
  ...rest
}: Inputs): Inputs {
  return rest;
}
