import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Job } from '../../../../src/home/scan/thread-work.ts';
import { Threads, threadsFor } from '../../../../src/home/scan/threads.ts';
import { type Order, ordered, threadOnOrder } from '../../../support/scan-thread-on-order.ts';

/** @returns the answers, in the order in which they came */
async function work(threads: Threads, orders: readonly Order[]): Promise<readonly number[]> {
  const jobs = orders.map((order, index) => ordered(order, index));
  const taken: number[] = [];
  await threads.work(
    () => jobs.shift(),
    (outcome) => {
      taken.push(outcome.what === 'count' ? outcome.result.bytes : -1);
    },
  );
  return taken;
}

describe('threads', () => {
  it('do every job once, and are kept for the next work', async () => {
    const threads = new Threads(threadOnOrder);
    const orders = Array.from({ length: 20 }, (): Order => 'answer');
    const taken = await work(threads, orders);
    expect(taken.toSorted((a, b) => a - b)).toEqual(orders.map((_, index) => index));
    const { count } = threads;
    expect(count).toBeGreaterThan(0);
    expect(await work(threads, ['answer'])).toEqual([0]);
    expect(threads.count).toBe(count);
  });

  it('have nothing to do when there are no jobs', async () => {
    const threads = new Threads(threadOnOrder);
    expect(await work(threads, [])).toEqual([]);
    expect(threads.count).toBe(0);
  });

  it('ask again for jobs that only an answer has brought up', async () => {
    const threads = new Threads(threadOnOrder);
    const waiting: Job[] = [ordered('answer', 3)];
    let taken = 0;
    await threads.work(
      () => waiting.shift(),
      (outcome) => {
        taken += 1;
        const left = outcome.what === 'count' ? outcome.result.bytes : 0;
        for (let number = 0; number < left; number += 1) {
          waiting.push(ordered('answer', 0));
        }
      },
    );
    expect(taken).toBe(4);
  });

  it('fail with the first job that fails, after those under way have ended, and begin no other', async () => {
    const threads = new Threads(threadOnOrder);
    // All that there are get something: the failure comes first, a slow answer last.
    const orders: Order[] = ['answer slowly', 'fail', ...Array.from({ length: 50 }, (): Order => 'answer')];
    const jobs = orders.map((order, index) => ordered(order, index));
    const started = performance.now();
    await expect(
      threads.work(
        () => jobs.shift(),
        () => undefined,
      ),
    ).rejects.toThrow('the disk is on fire');
    expect(jobs.length).toBeGreaterThan(40);
    expect(threads.count === 1 || performance.now() - started > 140).toBe(true);
    expect(await work(threads, ['answer'])).toEqual([0]);
  });

  it('fail with what `take` throws, and are good for the next work', async () => {
    const threads = new Threads(threadOnOrder);
    const jobs = [ordered('answer'), ordered('answer'), ordered('answer')];
    await expect(
      threads.work(
        () => jobs.shift(),
        () => {
          throw new TypeError('not what was asked');
        },
      ),
    ).rejects.toThrow('not what was asked');
    expect(await work(threads, ['answer', 'answer'])).toHaveLength(2);
  });

  it.each<[Order, string]>([
    ['throw', 'a thread is out of memory'],
    ['exit', 'a thread of the scan ended with 3'],
  ])('that die (%s) fail their work, and others take the next', async (order, message) => {
    const threads = new Threads(threadOnOrder);
    // More often than there may be threads: dead ones must not take their room.
    for (let round = 0; round < 5; round += 1) {
      await expect(work(threads, [order, order, order])).rejects.toThrow(message);
    }
    const orders = Array.from({ length: 5 }, (): Order => 'answer');
    expect(await work(threads, orders)).toHaveLength(5);
  });

  it('that die with nothing to do are not given the next job', async () => {
    const threads = new Threads(threadOnOrder);
    expect(await work(threads, ['answer and exit'])).toEqual([0]);
    while (threads.count > 0) {
      await delay(5);
    }
    expect(await work(threads, ['answer'])).toEqual([0]);
  });
});

describe('threadsFor', () => {
  it('are few where calls are quick: no more than four, nor than there are processors', () => {
    expect([1, 2, 4, 64].map((processors) => threadsFor(0.01, processors))).toEqual([1, 2, 4, 4]);
    expect(threadsFor(0, 1)).toBe(1);
  });

  it('become more with what a call takes, up to 16', () => {
    expect([0.06, 0.1, 0.2, 1, 100].map((latency) => threadsFor(latency, 2))).toEqual([4, 7, 14, 16, 16]);
  });

  it('are at least as many as processors where calls are slow, up to 16', () => {
    expect([8, 64].map((processors) => threadsFor(0.06, processors))).toEqual([8, 16]);
  });
});
