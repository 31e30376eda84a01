import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { CommandError } from '../../../src/host/command-error.ts';
import { type CommandOptions, type CommandResult, createCommandRunner } from '../../../src/host/command.ts';
import { liveGroups } from '../../../src/host/process-groups.ts';
import { ActionError } from '../../../src/errors.ts';
import { failureOf } from '../../support/failure.ts';

const commands = createCommandRunner({ marker: { RUN_MARKER: 'this-run' } });

async function sh(script: string, options: CommandOptions = {}): Promise<CommandResult> {
  return await commands.run('sh', ['-c', script], options);
}

async function failed(work: Promise<unknown>): Promise<CommandError> {
  const error = await failureOf(work);
  if (!(error instanceof CommandError)) {
    throw error;
  }
  return error;
}

afterEach(() => {
  vi.unstubAllEnvs();
  if (liveGroups().length > 0) {
    throw new Error('A group is still registered.');
  }
});

describe('how it ended', () => {
  test('a program that ends with 0 gives its output, lines apart', async () => {
    const result = await sh('echo one; echo; echo two; echo said >&2');
    expect(result).toEqual({ exitCode: 0, stdout: 'one\ntwo', stderr: ['said'] });
  });

  test('every other exit code is a failure that repeats the last words', async () => {
    const error = await failed(sh('for i in 1 2 3 4 5 6 7; do echo "word $i" >&2; done; exit 3'));
    expect(error).toMatchObject({ code: 'COMMAND_FAILED', program: 'sh', exitCode: 3 });
    expect(error.message).toBe('sh failed with exit code 3: word 3 | word 4 | word 5 | word 6 | word 7.');
  });

  test('exit codes that are listed are no failure, their neighbours are', async () => {
    expect((await sh('exit 24', { okCodes: [24] })).exitCode).toBe(24);
    expect((await failed(sh('exit 23', { okCodes: [24] }))).exitCode).toBe(23);
  });

  test.each(['SIGKILL', 'SIGTERM', 'SIGSEGV'])('a program that dies of %s was killed', async (signal) => {
    const error = await failed(sh(`echo almost >&2; kill -${signal.slice(3)} $$`, { okCodes: [0] }));
    expect(error).toMatchObject({ code: 'CHILD_KILLED', exitCode: null });
    expect(error.message).toContain(`killed by ${signal}`);
    expect(error.message).toContain('almost');
  });

  test('a full disk is told apart', async () => {
    const error = await failed(sh('echo "tar: write error: No space left on device" >&2; exit 2'));
    expect(error.code).toBe('DISK_FULL');
  });

  test.each(['no-such-program-anywhere', '/etc/passwd'])('%s is a tool that is missing', async (program) => {
    const error = await failureOf(commands.run(program, []));
    expect(error.code).toBe('TOOL_MISSING');
    expect(error.advice).toContain('Install');
  });

  test('last words cannot command the runner or the terminal', async () => {
    const error = await failed(sh("printf '::error::\\033[31mpwned\\n##[add-path]x\\n' >&2; exit 1"));
    expect(error.message).toBe('sh failed with exit code 1: : :error::pwned | ## [add-path]x.');
  });
});

describe('what it is given', () => {
  test('arguments arrive as they are: there is no shell', async () => {
    const args = ['$(touch x)', '`id`', 'a b', '; exit 9', '*', ''];
    const { stdout } = await commands.run('printf', ['[%s]\n', ...args]);
    expect(stdout.split('\n')).toEqual(args.map((argument) => `[${argument}]`));
  });

  test('input is written and closed', async () => {
    const input = `${'x'.repeat(300_000)}\n`;
    expect((await commands.run('wc', ['-c'], { input })).stdout.trim()).toBe('300001');
  });

  test('a program that does not read its input is judged by its exit code', async () => {
    const input = 'x'.repeat(1_000_000);
    expect((await sh('exec 0<&-; exit 0', { input })).exitCode).toBe(0);
    expect((await failed(sh('exec 0<&-; exit 5', { input }))).exitCode).toBe(5);
  });

  test('without input, standard input is empty', async () => {
    expect((await commands.run('wc', ['-c'])).stdout.trim()).toBe('0');
  });

  test('it runs in its folder', async () => {
    expect((await commands.run('pwd', [], { cwd: '/usr/lib' })).stdout).toBe('/usr/lib');
  });

  test('its environment holds what it needs and nothing of ours', async () => {
    for (const name of [
      'INPUT_BITBUCKET-PASSWORD',
      'NODE_OPTIONS',
      'LD_PRELOAD',
      'BASH_ENV',
      'GIT_DIR',
      'PGPASSWORD',
      'ACTIONS_RUNTIME_TOKEN',
      'GITHUB_TOKEN',
      'RSYNC_RSH',
    ]) {
      vi.stubEnv(name, 'leaked');
    }
    const { stdout } = await commands.run('env', [], { env: { PGUSER: 'bitbucket' } });
    const lines = stdout.split('\n');
    expect(stdout).not.toContain('leaked');
    expect(lines).toContain('LC_ALL=C.UTF-8');
    expect(lines).toContain('PGUSER=bitbucket');
    expect(lines).toContain('RUN_MARKER=this-run');
    expect(lines).toContain(`PATH=${process.env['PATH']}`);
  });
});

describe('output', () => {
  test('lines are handed on as they come, those that end with a carriage return too', async () => {
    const lines: string[] = [];
    const { stdout } = await sh("printf '10%%\\r20%%\\r'; printf 'ä\\nrest'", {
      onLine: (line) => lines.push(line),
    });
    expect(lines).toEqual(['10%', '20%', 'ä', 'rest']);
    expect(stdout).toBe('');
  });

  test('lines of standard error are handed on and kept', async () => {
    const lines: string[] = [];
    const { stderr } = await sh('echo a >&2; echo b >&2', { onErrorLine: (line) => lines.push(line) });
    expect(lines).toEqual(['a', 'b']);
    expect(stderr).toEqual(['a', 'b']);
  });

  test('a flood on standard error is bounded: its end is kept', async () => {
    const error = await failed(sh('seq 1 400000 >&2; exit 1'));
    expect(error.stderr).toHaveLength(200);
    expect(error.stderr.at(-1)).toBe('400000');
  });

  test('a flood without a line break is bounded too', async () => {
    const { stderr } = await sh('head -c 20000000 /dev/zero | tr "\\0" x >&2');
    expect(stderr.join('').length).toBeLessThan(1_000_000);
  });

  test('an error of whoever takes the lines is not lost', async () => {
    const full = new Error('cannot take it');
    const onLine = (): void => {
      throw full;
    };
    await expect(sh('echo one', { onLine })).rejects.toBe(full);
    await expect(sh('echo one >&2', { onErrorLine: onLine })).rejects.toBe(full);
  });
});

describe('output as bytes', () => {
  test('a slow consumer gets every byte, long after the program has ended', async () => {
    let bytes = 0;
    await commands.run('head', ['-c', '150000', '/dev/zero'], {
      onStdout: async (stdout) => {
        const chunks: AsyncIterable<Buffer> = stdout;
        for await (const chunk of chunks) {
          bytes += chunk.length;
          // Longer than a grandchild that holds the pipe would be waited for.
          await delay(2_500);
        }
      },
    });
    expect(bytes).toBe(150_000);
  });

  test('a program waits for a slow consumer', async () => {
    const ended: { at?: number } = {};
    const begun = performance.now();
    await sh('head -c 2000000 /dev/zero; echo done >&2', {
      onErrorLine: () => {
        ended.at = performance.now() - begun;
      },
      onStdout: async (stdout) => {
        stdout.pause();
        await delay(600);
        const chunks: AsyncIterable<Buffer> = stdout;
        for await (const chunk of chunks) {
          expect(chunk.length).toBeGreaterThan(0);
        }
      },
    });
    expect(ended.at).toBeGreaterThan(550);
  });

  test('a consumer that fails ends the program, and its error is the one that is thrown', async () => {
    const full = new ActionError('DISK_FULL', 'The disk is full.');
    const begun = performance.now();
    const error = await failureOf(
      sh('while :; do echo bytes; done', {
        onStdout: async (stdout) => {
          const chunks: AsyncIterable<Buffer> = stdout;
          for await (const chunk of chunks) {
            expect(chunk.length).toBeGreaterThan(0);
            throw full;
          }
        },
      }),
    );
    expect(error).toBe(full);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  test('a consumer that fails at once ends a program that writes nothing', async () => {
    const full = new ActionError('DISK_FULL', 'The disk is full.');
    const onStdout = async (): Promise<void> => await Promise.reject(full);
    const begun = performance.now();
    expect(await failureOf(commands.run('sleep', ['30'], { onStdout }))).toBe(full);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});
