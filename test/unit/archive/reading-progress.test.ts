import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { logReading, positionOf } from '../../../src/archive/reading-progress.ts';
import { createCommandRunner } from '../../../src/host/command.ts';
import { createMemoryLog } from '../../support/memory-log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('what a child reads from our file moves our own position in it', async () => {
  const path = join(temporaryFolder(), 'archive');
  writeFileSync(path, Buffer.alloc(300_000));
  const descriptor = openSync(path, 'r');
  try {
    expect(positionOf(descriptor)).toBe(0);
    await createCommandRunner().run('dd', ['bs=100000', 'count=1', 'of=/dev/null'], { stdin: descriptor });
    expect(positionOf(descriptor)).toBe(100_000);
  } finally {
    closeSync(descriptor);
  }
});

test('a line every 10 s tells how far it is, and none after the end', async () => {
  const path = join(temporaryFolder(), 'archive');
  writeFileSync(path, Buffer.alloc(4 * 1024 * 1024));
  const descriptor = openSync(path, 'r');
  try {
    await createCommandRunner().run('dd', ['bs=1M', 'count=1', 'of=/dev/null'], { stdin: descriptor });
    vi.useFakeTimers();
    const { log, lines } = createMemoryLog();
    const stop = logReading(log, { descriptor, bytes: 4 * 1024 * 1024, what: 'Checking' });
    vi.advanceTimersByTime(9_999);
    expect(lines).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(lines).toEqual(['info: Checking: 1.0 MiB of 4.0 MiB (25 %), 102 KiB/s']);
    stop();
    vi.advanceTimersByTime(60_000);
    expect(lines).toHaveLength(1);
  } finally {
    closeSync(descriptor);
  }
});

test('a descriptor that is none has no position', () => {
  expect(positionOf(1_000_000)).toBe(0);
});
