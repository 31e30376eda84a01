import { closeSync, constants, openSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createAddressBook } from '../../../../src/host/network/address.ts';
import { clientFor, connectionTo, startSimulator } from '../../../support/bitbucket-client.ts';
import { runProgram } from '../../../support/program.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const LOOPBACK = /^(127\.|::1)/;

interface Told {
  readonly error: NodeJS.ErrnoException | null;
  readonly address: unknown;
  readonly family: number | undefined;
}

function toldInThisTick(book: ReturnType<typeof createAddressBook>, all: boolean): Told | undefined {
  let told: Told | undefined;
  book.lookup('localhost', { all }, (error, address, family) => {
    told = { error, address, family };
  });
  return told;
}

test('a name that was resolved is answered from memory in the same tick', async () => {
  const book = createAddressBook();
  await book.resolve('localhost');
  const one = toldInThisTick(book, false);
  expect(one?.error).toBeNull();
  expect(one?.address).toMatch(LOOPBACK);
  const every = toldInThisTick(book, true);
  expect(every?.error).toBeNull();
  expect(JSON.stringify(every?.address)).toMatch(/^\[\{"address":"(127\.|::1)/);
});

test('a name that was not resolved is asked for', async () => {
  const book = createAddressBook();
  expect(toldInThisTick(book, false)).toBeUndefined();
  const address = await new Promise((resolve) => {
    book.lookup('localhost', {}, (_error, found) => resolve(found));
  });
  expect(address).toMatch(LOOPBACK);
});

test('addresses need no resolving, bracketed ones neither', async () => {
  const book = createAddressBook();
  expect(await Promise.all([book.resolve('127.0.0.1'), book.resolve('[::1]')])).toEqual([
    undefined,
    undefined,
  ]);
});

/** Opens a FIFO that nobody writes to, as often as libuv has threads: what a dead NFS mount does to a process. */
async function hangAllThreads(): Promise<() => Promise<void>> {
  const folder = temporaryFolder();
  const threads = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4);
  const paths = Array.from({ length: threads }, (_, index) => join(folder, `fifo-${index}`));
  await runProgram('mkfifo', paths);
  const hanging = paths.map(async (path) => await open(path, 'r'));
  return async () => {
    const writers = paths.map((path) => openSync(path, constants.O_RDWR | constants.O_NONBLOCK));
    for (const handle of await Promise.all(hanging)) {
      await handle.close();
    }
    writers.forEach((descriptor) => closeSync(descriptor));
  };
}

test('after resolveHost calls get through while every thread hangs on a dead file system', async () => {
  const simulator = await startSimulator();
  const client = clientFor(connectionTo(simulator, { url: simulator.url.replace('127.0.0.1', 'localhost') }));
  await client.resolveHost();
  const release = await hangAllThreads();
  onTestFinished(release);
  const token = (await client.lock()) ?? '';
  expect(simulator.snapshot().unlockToken).toBe(token);
  expect(await client.unlock(token)).toBe(true);
}, 10_000);
