import { expect, it } from 'vitest';
import { createNone } from '../../../src/database/none.ts';

it('says that nothing is backed up, and why', async () => {
  const strategy = createNone();
  const { signal } = new AbortController();
  expect(await strategy.preflight()).toEqual([]);
  expect(await strategy.spaceNeeds()).toEqual([]);
  await strategy.prepare(signal);
  const captured = await strategy.capture(signal);
  expect(await captured.settle(signal)).toEqual({
    strategy: 'none',
    included: false,
    members: [],
    details: { reason: "database-strategy is 'none'" },
  });
  await captured.discard();
  await captured.discard();
});

it('stops when cancelled like any other', async () => {
  const strategy = createNone();
  const signal = AbortSignal.abort(new Error('stop'));
  const captured = await strategy.capture(new AbortController().signal);
  await expect(strategy.prepare(signal)).rejects.toThrow('stop');
  await expect(strategy.capture(signal)).rejects.toThrow('stop');
  await expect(captured.settle(signal)).rejects.toThrow('stop');
});
