import { closeSync, openSync, readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { createCommandRunner } from '../../../src/host/command.ts';
import { CommandError } from '../../../src/host/command-error.ts';
import { liveGroups } from '../../../src/host/process-groups.ts';
import { failureOf } from '../../support/failure.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const commands = createCommandRunner();
const MEGABYTES = 8 * 1024 ** 2;

afterEach(() => {
  expect(liveGroups()).toEqual([]);
});

async function count(stdin: number | Readable): Promise<number> {
  return Number((await commands.run('wc', ['-c'], { stdin })).stdout);
}

function descriptorOf(content: string | Buffer): number {
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, content);
  const descriptor = openSync(path, 'r');
  onTestFinished(() => closeSync(descriptor));
  return descriptor;
}

async function outcomeOf(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => 'done',
    (error: unknown) => error,
  );
}

function* zeros(): Generator<Buffer> {
  for (;;) {
    yield Buffer.alloc(65_536);
  }
}

function* abcAndZeros(): Generator<Buffer> {
  yield Buffer.from('abc');
  yield* zeros();
}

test('an open file is read from where it stands, and stays open', async () => {
  const descriptor = descriptorOf('0123456789');
  readSync(descriptor, Buffer.alloc(4));
  expect((await commands.run('cat', [], { stdin: descriptor })).stdout).toBe('456789');
  expect(await count(descriptor)).toBe(0);
  // Descriptor 0 is as good as any.
  expect((await commands.run('readlink', ['/proc/self/fd/0'], { stdin: descriptor })).stdout).toContain(
    '/file',
  );
});

test('a stream is read to its end, however large, and is gone then', async () => {
  const stream = Readable.from(Array.from({ length: 128 }, () => Buffer.alloc(MEGABYTES / 128)));
  expect(await count(stream)).toBe(MEGABYTES);
  expect(stream.destroyed).toBe(true);
});

test('a stream without a byte is no input', async () => {
  expect(await count(Readable.from([]))).toBe(0);
});

test("another program's output is read to its end, every byte of it", async () => {
  let read = 0;
  await commands.run('head', ['-c', String(MEGABYTES), '/dev/urandom'], {
    onStdout: async (stdout) => {
      read = await count(stdout);
      expect(stdout.destroyed).toBe(true);
    },
  });
  expect(read).toBe(MEGABYTES);
});

test('nothing of what one program hands to another goes through us', async () => {
  let bytes = 0;
  await commands.run('head', ['-c', String(64 * MEGABYTES), '/dev/zero'], {
    onStdout: async (stdout) => {
      stdout.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      await commands.run('cat', ['-'], { stdin: stdout, onStdout: async (out) => await drain(out) });
    },
  });
  expect(bytes).toBe(0);
});

async function drain(stream: Readable): Promise<void> {
  stream.resume();
  await new Promise((resolve) => stream.once('close', resolve));
}

test('a program that writes for ever ends when the one behind it has enough', async () => {
  let first = '';
  const error = await failureOf(
    commands.run('yes', [], {
      onStdout: async (stdout) => {
        first = (await commands.run('head', ['-n', '1'], { stdin: stdout })).stdout;
      },
    }),
  );
  expect(first).toBe('y');
  expect(error.message).toMatch(/SIGPIPE|Broken pipe|Connection reset/);
});

test('a program that ends early is the end of what the one behind it reads', async () => {
  let read = -1;
  const error = await failureOf(
    commands.run('sh', ['-c', 'echo abc; exit 3'], {
      onStdout: async (stdout) => {
        read = await count(stdout);
      },
    }),
  );
  expect(read).toBe(4);
  expect(error).toMatchObject({ code: 'COMMAND_FAILED', exitCode: 3 });
});

test('a program that ends without reading its stream is judged by its exit code, and the stream is let go', async () => {
  const endless = Readable.from(zeros());
  expect((await commands.run('true', [], { stdin: endless })).exitCode).toBe(0);
  expect(endless.destroyed).toBe(true);
  const error = await failureOf(commands.run('sh', ['-c', 'exit 5'], { stdin: Readable.from(zeros()) }));
  expect(error).toMatchObject({ exitCode: 5 });
  const silent = new PassThrough();
  await commands.run('true', [], { stdin: silent });
  expect(silent.destroyed).toBe(true);
});

test('a program that takes half of a stream and is content has what it wanted', async () => {
  const { stdout } = await commands.run('head', ['-c', '3'], { stdin: Readable.from(abcAndZeros()) });
  expect(stdout).toBe('abc');
});

test('a stream that breaks is no end: the program may be content, we are not', async () => {
  const broken = new Error('the disk is gone');
  const stream = new PassThrough();
  stream.write('half of it');
  const running = outcomeOf(commands.run('cat', [], { stdin: stream }));
  await delay(100);
  stream.destroy(broken);
  expect(await running).toBe(broken);
});

test.each(['before', 'while'])(
  'a stream that is closed %s it is read is told, not waited for',
  async (when) => {
    const stream = new PassThrough();
    stream.write('half of it');
    if (when === 'before') {
      stream.destroy();
      await delay(10);
    }
    const running = outcomeOf(commands.run('cat', [], { stdin: stream }));
    setTimeout(() => stream.destroy(), 50);
    expect(String(await running)).toMatch(/^Error: The stream was closed before/);
  },
);

test('of a program that was killed it is said, whatever became of its stream', async () => {
  const stream = new PassThrough();
  const running = outcomeOf(commands.run('sleep', ['60'], { stdin: stream }));
  process.kill(liveGroups()[0] ?? 0, 'SIGKILL');
  const error = await running;
  expect(error).toBeInstanceOf(CommandError);
  expect(error).toMatchObject({ code: 'CHILD_KILLED' });
  expect(stream.destroyed).toBe(true);
});

test('stopping ends a program that waits for its stream, with the reason', async () => {
  const stop = new AbortController();
  const reason = new Error('stop');
  setTimeout(() => stop.abort(reason), 50);
  const stream = new PassThrough();
  expect(await outcomeOf(commands.run('cat', [], { stdin: stream, signal: stop.signal }))).toBe(reason);
  expect(stream.destroyed).toBe(true);
});

test('a program that is not there lets go of what it was to read', async () => {
  const stream = new PassThrough();
  const error = await failureOf(commands.run('no-such-program', [], { stdin: stream }));
  expect(error.code).toBe('TOOL_MISSING');
  const writing = await failureOf(
    commands.run('yes', [], {
      onStdout: async (stdout) => {
        await outcomeOf(commands.run('no-such-program', [], { stdin: stdout }));
      },
    }),
  );
  expect(writing.message).toMatch(/SIGPIPE|Broken pipe|Connection reset/);
});
