import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createProgressReporter, type ProgressReporter } from '../../../src/bitbucket/progress-reporter.ts';
import { createMemoryLog } from '../../support/memory-log.ts';

let sent: number[];
let answer: (percentage: number) => Promise<void>;
let lines: readonly string[];
let reporter: ProgressReporter;

beforeEach(() => {
  vi.useFakeTimers();
  const memory = createMemoryLog();
  lines = memory.lines;
  sent = [];
  answer = async () => await Promise.resolve();
  reporter = createProgressReporter(async (percentage) => {
    sent.push(percentage);
    await answer(percentage);
  }, memory.log);
});

afterEach(async () => {
  await reporter.stop();
  vi.useRealTimers();
});

async function seconds(count: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(count * 1_000);
}

test('nothing is sent before there is something to tell', async () => {
  await seconds(3);
  expect(sent).toEqual([]);
});

test('the last of many values is sent once a second', async () => {
  for (let step = 1; step <= 50; step += 1) {
    reporter.update(step / 100);
    await vi.advanceTimersByTimeAsync(40);
  }
  expect(sent).toEqual([25, 50]);
});

test('it never goes back', async () => {
  for (const fraction of [0.5, 0.2, 0.51, 0]) {
    reporter.update(fraction);
    await seconds(1);
  }
  reporter.update(0.6);
  reporter.update(0.55);
  await seconds(1);
  expect(sent).toEqual([50, 51, 60]);
  expect(reporter.percentage).toBe(60);
});

test('100 is not its to send: it completes the backup', async () => {
  reporter.update(1);
  reporter.update(7);
  await seconds(2);
  expect(sent).toEqual([99]);
});

test.each([Number.NaN, -1, -Infinity])('%d is no progress, and harms no later report', async (fraction) => {
  reporter.update(fraction);
  await seconds(1);
  expect(sent).toEqual([]);
  reporter.update(0.3);
  await seconds(1);
  expect(sent).toEqual([30]);
});

test('one report at a time, however slow the server is', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  answer = async () => await promise;
  reporter.update(0.1);
  await seconds(1);
  reporter.update(0.4);
  await seconds(5);
  expect(sent).toEqual([10]);
  resolve();
  await seconds(1);
  expect(sent).toEqual([10, 40]);
});

test('a report that fails is warned of once, and reporting ends', async () => {
  answer = async () => await Promise.reject(new Error('no such task'));
  reporter.update(0.1);
  await seconds(1);
  reporter.update(0.9);
  await seconds(3);
  expect(sent).toEqual([10]);
  expect(lines).toEqual([
    'warning: Progress is no longer reported to Bitbucket, the backup goes on: no such task',
  ]);
});

test('the log tells steps of ten', async () => {
  for (let percentage = 1; percentage <= 35; percentage += 1) {
    reporter.update(percentage / 100);
    await seconds(1);
  }
  expect(lines).toEqual([
    'info: Backup progress updated to 10',
    'info: Backup progress updated to 20',
    'info: Backup progress updated to 30',
  ]);
});

test('stop waits for a report that is under way and sends no more', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  answer = async () => await promise;
  reporter.update(0.1);
  await seconds(1);
  let stopped = false;
  const stopping = (async () => {
    await reporter.stop();
    stopped = true;
  })();
  await seconds(1);
  expect(stopped).toBe(false);
  resolve();
  await stopping;
  reporter.update(0.9);
  await seconds(3);
  expect(sent).toEqual([10]);
});
