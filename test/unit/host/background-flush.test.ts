import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { flushingMeanwhile } from '../../../src/host/background-flush.ts';
import { type CommandRunner, createCommandRunner } from '../../../src/host/command.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Counts what is run, and what of it is still running. */
function counting(): CommandRunner & { started: number; running: number } {
  const real = createCommandRunner();
  const counter = {
    started: 0,
    running: 0,
    run: async (...args: Parameters<CommandRunner['run']>) => {
      counter.started += 1;
      counter.running += 1;
      try {
        return await real.run(...args);
      } finally {
        counter.running -= 1;
      }
    },
  };
  return counter;
}

test('flushes while the work lasts, and not afterwards', async () => {
  const commands = counting();
  const value = await flushingMeanwhile(commands, temporaryFolder(), async () => {
    await delay(1_300);
    return 'done';
  });
  expect(value).toBe('done');
  expect(commands.started).toBeGreaterThanOrEqual(1);
  expect(commands.running).toBe(0);
  const { started } = commands;
  await delay(700);
  expect(commands.started).toBe(started);
});

test('a flush that fails is not the failure of the work', async () => {
  const value = await flushingMeanwhile(counting(), '/no/such/folder', async () => {
    await delay(1_100);
    return 'done';
  });
  expect(value).toBe('done');
});

test('what the work fails with is told when the flush has ended', async () => {
  const commands = counting();
  const failing = flushingMeanwhile(commands, temporaryFolder(), async () => {
    await delay(600);
    throw new Error('the work failed');
  });
  await expect(failing).rejects.toThrow('the work failed');
  expect(commands.running).toBe(0);
});
