import { expect, test } from 'vitest';
import { Timeline } from '../../../src/report/timeline.ts';
import { fakeClock, STARTED_AT, usualTimeline } from './fake-run.ts';

test('a step is a span with its phase, its times on the wall clock and its outcome', async () => {
  const run = fakeClock();
  run.pass(5);
  await run.step('preflight', 'check', 10);
  await run.failingStep('locked', 'capture', 20);
  expect(run.timeline.spans).toEqual([
    { name: 'check', phase: 'preflight', startMs: STARTED_AT + 5, endMs: STARTED_AT + 15, outcome: 'ok' },
    { name: 'capture', phase: 'locked', startMs: STARTED_AT + 15, endMs: STARTED_AT + 35, outcome: 'failed' },
  ]);
  expect(run.timeline.totalMs()).toBe(35);
});

test('a span hands on what its work returns and throws', async () => {
  const { timeline } = fakeClock();
  const failure = new Error('from the work');
  expect(await timeline.span('settle', 'good', async () => await Promise.resolve(7))).toBe(7);
  await expect(timeline.span('settle', 'bad', async () => await Promise.reject(failure))).rejects.toBe(
    failure,
  );
});

test('a work that throws before it is a promise closes its span too', async () => {
  const { timeline } = fakeClock();
  const work = timeline.span('settle', 'bad', () => {
    throw new Error('at once');
  });
  await expect(work).rejects.toThrow('at once');
  expect(timeline.spans[0]?.outcome).toBe('failed');
});

test('a span is running until its work ends; spans side by side keep their own ends', async () => {
  const run = fakeClock();
  const slow = Promise.withResolvers<void>();
  const running = run.timeline.span('locked', 'slow', () => slow.promise);
  await run.step('locked', 'quick', 10);
  expect(run.timeline.spans.map(({ outcome }) => outcome)).toEqual(['running', 'ok']);
  expect(run.timeline.spans[0]?.endMs).toBeUndefined();
  run.pass(30);
  slow.resolve();
  await running;
  expect(run.timeline.spans.map(({ endMs }) => endMs)).toEqual([STARTED_AT + 40, STARTED_AT + 10]);
});

test('the locked time runs from the lock request to the answer of the unlock', async () => {
  const timeline = await usualTimeline();
  expect(timeline.lockedMs()).toBe(1_800);
  expect(timeline.lockedAfterDrainMs()).toBe(900);
  expect(timeline.totalMs()).toBe(42_000);
});

test('while the lock is held, the locked time grows', () => {
  const run = fakeClock();
  run.timeline.mark('lock-requested');
  run.pass(100);
  run.timeline.mark('locked');
  run.pass(400);
  expect(run.timeline.lockedMs()).toBe(500);
  expect(run.timeline.lockedMs(STARTED_AT + 2_000)).toBe(2_000);
  expect(run.timeline.lockedAfterDrainMs()).toBeUndefined();
});

test('a lock that was asked for and not given locked nobody out', () => {
  const run = fakeClock();
  expect(run.timeline.lockedMs()).toBeUndefined();
  run.timeline.mark('lock-requested');
  run.pass(100);
  expect(run.timeline.lockedMs()).toBeUndefined();
});

test('the first time of a mark counts', () => {
  const run = fakeClock();
  run.timeline.mark('unlocked');
  run.pass(60_000);
  run.timeline.mark('unlocked');
  expect(run.timeline.marks).toEqual({ unlocked: STARTED_AT });
});

test('without a given clock it measures on the monotonic one, from now', async () => {
  const before = Date.now();
  const timeline = new Timeline();
  await timeline.span('settle', 'wait', async () => {
    await new Promise((resolve) => {
      setTimeout(resolve, 30);
    });
  });
  const [span] = timeline.spans;
  expect((span?.endMs ?? 0) - (span?.startMs ?? 0)).toBeGreaterThan(25);
  expect(timeline.startedAtMs).toBeGreaterThanOrEqual(before);
  expect(timeline.startedAtMs).toBeLessThan(before + 5_000);
});
