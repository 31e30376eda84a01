import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { CanceledError } from '../../../src/errors.ts';
import { sideBySide } from '../../../src/host/side-by-side.ts';

const never = new AbortController().signal;

/** Works until it is stopped, and takes its time to end. */
async function longWork(signal: AbortSignal, ended: string[], name: string): Promise<string> {
  try {
    await delay(30_000, undefined, { signal });
  } catch {
    await delay(50);
    ended.push(name);
    throw signal.reason;
  }
  return name;
}

test('partners run at the same time, and their results come in order', async () => {
  const begun: string[] = [];
  const partner = (name: string, ms: number) => async () => {
    begun.push(name);
    await delay(ms);
    return `${name} after ${begun.length} had begun`;
  };
  expect(await sideBySide(never, [partner('home', 60), partner('database', 5)])).toEqual([
    'home after 2 had begun',
    'database after 2 had begun',
  ]);
});

test('the first failure stops the others, and all have ended before it is thrown', async () => {
  const ended: string[] = [];
  const failure = new Error('the disk is full');
  const work = sideBySide(never, [
    async (signal) => await longWork(signal, ended, 'home'),
    async () => {
      await delay(20);
      throw failure;
    },
    async (signal) => await longWork(signal, ended, 'search'),
  ]);
  await expect(work).rejects.toBe(failure);
  expect(ended).toEqual(['home', 'search']);
});

test('the first failure is thrown, not one that follows from it', async () => {
  const first = new Error('first');
  const work = sideBySide(never, [
    async (signal) => {
      await delay(30_000, undefined, { signal }).catch(() => undefined);
      throw new Error('second');
    },
    async () => await Promise.reject(first),
  ]);
  await expect(work).rejects.toBe(first);
});

test('a partner that ends well although it was stopped does not hide the failure', async () => {
  const failure = new Error('failed');
  const work = sideBySide<string>(never, [
    async () => {
      await delay(30);
      return 'fine';
    },
    async () => await Promise.reject(failure),
  ]);
  await expect(work).rejects.toBe(failure);
});

test('a cancelled run stops all of them with its reason', async () => {
  const stop = new AbortController();
  const ended: string[] = [];
  const reason = new CanceledError('Enough.');
  const work = sideBySide(stop.signal, [
    async (signal) => await longWork(signal, ended, 'home'),
    async (signal) => await longWork(signal, ended, 'database'),
  ]);
  setTimeout(() => stop.abort(reason), 20);
  await expect(work).rejects.toBe(reason);
  expect(ended.sort()).toEqual(['database', 'home']);
});

test('a partner that throws before it is a promise is a failure like any other', async () => {
  const failure = new Error('at once');
  const throws = (): Promise<never> => {
    throw failure;
  };
  await expect(sideBySide(never, [throws])).rejects.toBe(failure);
});
