import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { forEachLine, TailBuffer } from '../../../src/host/stream-lines.ts';

async function linesOf(chunks: readonly (string | Buffer)[]): Promise<string[]> {
  const lines: string[] = [];
  await forEachLine(
    Readable.from(
      chunks.map((chunk) => Buffer.from(chunk)),
      { objectMode: false },
    ),
    (line) => {
      lines.push(line);
    },
  );
  return lines;
}

test('lines end with a line feed, a carriage return or both; empty ones are dropped', async () => {
  expect(await linesOf(['a\nb\r\nc\rd\n\n\ne'])).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('however it is cut into chunks, the lines are the same', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'ä', '€', '🎈', '\n', '\r', ' ') });
  await fc.assert(
    fc.asyncProperty(text, fc.array(fc.nat(12)), async (whole, sizes) => {
      const bytes = Buffer.from(whole);
      const chunks: Buffer[] = [];
      let from = 0;
      for (const size of sizes) {
        chunks.push(bytes.subarray(from, from + size));
        from += size;
      }
      chunks.push(bytes.subarray(from));
      expect(await linesOf(chunks.filter(({ length }) => length > 0))).toEqual(
        whole.split(/[\r\n]/).filter((line) => line !== ''),
      );
    }),
  );
});

test('a line without end is handed on in pieces, nothing lost', async () => {
  const chunk = 'x'.repeat(40_000);
  const lines = await linesOf([chunk, chunk, chunk, chunk, 'end\n']);
  expect(lines.join('')).toBe(`${chunk.repeat(4)}end`);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(120_000);
  expect(lines.length).toBeGreaterThan(1);
});

test('a stream that is destroyed before its end gives what came until then', async () => {
  const stream = new Readable({ read: () => undefined });
  const lines: string[] = [];
  const reading = forEachLine(stream, (line) => {
    lines.push(line);
    setImmediate(() => stream.destroy());
  });
  stream.push('whole\nhalf');
  await reading;
  expect(lines).toEqual(['whole', 'half']);
});

test('an error of the stream is thrown, and one of whoever takes the lines too', async () => {
  const broken = new Readable({
    read() {
      this.destroy(new Error('read failed'));
    },
  });
  await expect(forEachLine(broken, () => undefined)).rejects.toThrow('read failed');
  const full = new Error('cannot take it');
  const refuse = (): void => {
    throw full;
  };
  await expect(forEachLine(Readable.from([Buffer.from('a\n')]), refuse)).rejects.toBe(full);
});

test('the tail keeps the last lines, by number and by size', () => {
  const byNumber = new TailBuffer({ maxLines: 3, maxBytes: 1_000 });
  const bySize = new TailBuffer({ maxLines: 1_000, maxBytes: 10 });
  for (let index = 0; index < 1_000; index += 1) {
    byNumber.push(`line ${index}`);
    bySize.push('12345');
  }
  expect(byNumber.lines()).toEqual(['line 997', 'line 998', 'line 999']);
  expect(bySize.lines()).toEqual(['12345', '12345']);
});

test('the tail keeps everything that fits', () => {
  const tail = new TailBuffer({ maxLines: 10, maxBytes: 100 });
  tail.push('a');
  tail.push('b');
  expect(tail.lines()).toEqual(['a', 'b']);
});
