import { afterEach, beforeEach, expect, it } from 'vitest';
import type { BackupStrategy } from '../../../src/strategies/contract.ts';
import { notBackedUp } from '../../../src/strategies/not-backed-up.ts';
import { makeContext, type TestContext } from '../../contract/database-context.ts';
import { createInputReader } from '../../contract/input-reader.ts';

let context: TestContext;
let strategy: BackupStrategy;

beforeEach(async () => {
  context = await makeContext();
  strategy = notBackedUp('somebody else does').read(createInputReader({})).create(context);
});

afterEach(async () => {
  await context.remove();
});

it('says that nothing is backed up, and why', async () => {
  const { signal } = new AbortController();
  expect(await strategy.preflight()).toEqual([]);
  expect(await strategy.spaceNeeds()).toEqual([]);
  await strategy.prepare(signal);
  const captured = await strategy.capture(signal);
  expect(await captured.settle(signal)).toEqual({
    strategy: 'none',
    included: false,
    members: [],
    details: { reason: 'somebody else does' },
  });
  await captured.discard();
  await captured.discard();
});

it('stops when cancelled like any other', async () => {
  const signal = AbortSignal.abort(new Error('stop'));
  const captured = await strategy.capture(new AbortController().signal);
  await expect(strategy.prepare(signal)).rejects.toThrow('stop');
  await expect(strategy.capture(signal)).rejects.toThrow('stop');
  await expect(captured.settle(signal)).rejects.toThrow('stop');
});
