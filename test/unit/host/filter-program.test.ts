import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { throughProgram } from '../../../src/host/filter-program.ts';
import { liveGroups } from '../../../src/host/process-groups.ts';

const never = new AbortController().signal;
const cat = { name: 'cat', path: '/bin/cat', args: [] };

describe('a program in the stream', () => {
  it('gets every byte, and everything it writes is taken', async () => {
    const bytes = Buffer.alloc(5_000_000, 'abcdefg');
    let taken = Buffer.alloc(0);
    await throughProgram(
      cat,
      Readable.from([bytes.subarray(0, 3_000_000), bytes.subarray(3_000_000)]),
      async (output) => {
        taken = await buffer(output);
      },
      never,
    );
    expect(taken.equals(bytes)).toBe(true);
  });

  it('is no success when its input broke off, though it ended well itself', async () => {
    const broken = Readable.from(
      (function* () {
        yield 'half';
        throw new Error('connection lost');
      })(),
    );
    const work = throughProgram(cat, broken, async (output) => void (await buffer(output)), never);
    await expect(work).rejects.toThrow('cat did not get all that it was to compress.');
  });

  it('is ended when what it writes cannot be taken', async () => {
    const endless = Readable.from(
      (function* () {
        for (;;) {
          yield Buffer.alloc(65_536);
        }
      })(),
    );
    const work = throughProgram(
      cat,
      endless,
      async () => await Promise.reject(new Error('disk full')),
      never,
    );
    await expect(work).rejects.toThrow('disk full');
    expect(liveGroups()).toEqual([]);
  });

  it('fails when it is not there', async () => {
    const missing = { name: 'zstd', path: '/nowhere/zstd', args: [] };
    const work = throughProgram(
      missing,
      Readable.from(['x']),
      async (output) => void (await buffer(output)),
      never,
    );
    await expect(work).rejects.toThrow(/ENOENT/);
  });
});
