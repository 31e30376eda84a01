import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { CanceledError } from '../../../src/errors.ts';
import { type CommandOptions, type CommandResult, createCommandRunner } from '../../../src/host/command.ts';
import { liveGroups } from '../../../src/host/process-groups.ts';
import { failureOf } from '../../support/failure.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const commands = createCommandRunner();

async function sh(script: string, options: CommandOptions = {}): Promise<CommandResult> {
  return await commands.run('sh', ['-c', script], options);
}

afterEach(() => {
  if (liveGroups().length > 0) {
    throw new Error('A group is still registered.');
  }
});

/** Gone, or a zombie that waits for whoever inherits it. */
function isDead(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return true;
  }
}

/** Whatever a test leaves behind when it fails ends with it. */
function killAfterwards(pid: number): void {
  onTestFinished(() => {
    if (!isDead(pid)) {
      process.kill(pid, 'SIGKILL');
    }
  });
}

async function pidIn(path: string): Promise<number> {
  await vi.waitFor(
    () => expect(existsSync(path) ? readFileSync(path, 'utf8') : '').toMatch(/^\d+\n$/),
    20_000,
  );
  const pid = Number(readFileSync(path, 'utf8'));
  killAfterwards(pid);
  return pid;
}

function abortable(): { signal: AbortSignal; abort: () => CanceledError } {
  const controller = new AbortController();
  return {
    signal: controller.signal,
    abort: () => {
      const reason = new CanceledError('Enough.');
      controller.abort(reason);
      return reason;
    },
  };
}

test('a program that takes too long is ended, and that is told', async () => {
  const begun = performance.now();
  const error = await failureOf(commands.run('sleep', ['30'], { deadlineMs: 1_000 }));
  expect(error).toMatchObject({
    code: 'STEP_TIMEOUT',
    message: 'sleep did not end within 1 s and was stopped.',
  });
  expect(performance.now() - begun).toBeLessThan(10_000);
});

test('a run that is aborted already starts nothing', async () => {
  const touched = join(temporaryFolder(), 'touched');
  const { signal, abort } = abortable();
  const reason = abort();
  await expect(commands.run('touch', [touched], { signal })).rejects.toBe(reason);
  expect(existsSync(touched)).toBe(false);
});

test('an abort ends the program with the reason, even when it ends well', async () => {
  const { signal, abort } = abortable();
  const running = sh('trap "exit 0" TERM; echo ready; while :; do sleep 0.05; done', {
    signal,
    onLine: () => {
      abort();
    },
  });
  expect(await failureOf(running)).toBe(signal.reason);
});

test('an abort ends grandchildren too', async () => {
  const file = join(temporaryFolder(), 'pid');
  const { signal, abort } = abortable();
  const running = failureOf(sh(`sh -c 'echo $$ > ${file}; exec sleep 60' & wait`, { signal }));
  const pid = await pidIn(file);
  expect(isDead(pid)).toBe(false);
  abort();
  await running;
  await vi.waitFor(() => expect(isDead(pid)).toBe(true), 20_000);
});

test('an abort ends a grandchild that shrugs off SIGTERM while its parent obeys', async () => {
  const file = join(temporaryFolder(), 'pid');
  const { signal, abort } = abortable();
  const stubborn = `trap "" TERM; echo $$ > ${file}; exec >/dev/null 2>&1; while :; do sleep 0.1; done`;
  const running = failureOf(sh(`sh -c '${stubborn}' & wait`, { signal }));
  const pid = await pidIn(file);
  abort();
  await running;
  await vi.waitFor(() => expect(isDead(pid)).toBe(true), 20_000);
});

test('an abort ends a program that shrugs off SIGTERM', async () => {
  const { signal, abort } = abortable();
  const running = sh('trap "" TERM; echo $$; while :; do sleep 0.1; done', {
    signal,
    onLine: (pid) => {
      killAfterwards(Number(pid));
      abort();
    },
  });
  expect(await failureOf(running)).toBe(signal.reason);
});

test('a grandchild that holds standard output does not hold us', async () => {
  const begun = performance.now();
  const { stdout } = await sh('echo said; sleep 30 & exit 0');
  expect(stdout).toBe('said');
  expect(performance.now() - begun).toBeLessThan(10_000);
});

test('what a grandchild says soon after the end of its parent is still heard', async () => {
  const { stdout } = await sh('(sleep 0.4; echo late) & exit 0');
  expect(stdout).toBe('late');
});

test('a grandchild that holds standard output can be aborted while its bytes are awaited', async () => {
  const { signal, abort } = abortable();
  setTimeout(abort, 300);
  const begun = performance.now();
  const running = sh('sleep 30 & exit 0', {
    signal,
    onStdout: async (stdout) => {
      const chunks: AsyncIterable<Buffer> = stdout;
      for await (const chunk of chunks) {
        expect(chunk.length).toBe(0);
      }
    },
  });
  expect(await failureOf(running)).toBe(signal.reason);
  expect(performance.now() - begun).toBeLessThan(10_000);
});
