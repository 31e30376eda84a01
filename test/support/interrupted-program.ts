/**
 * A program that watches for its end as an action does, for tests to interrupt: it starts a child of its own and says on
 * standard output what happens. Modes: `wait`, `throw` (an uncaught exception), `reject` (an unhandled rejection),
 * `bad-callback` (the first callback throws).
 */
import { writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { messageChain } from '../../src/errors.ts';
import { createCommandRunner } from '../../src/host/command.ts';
import { watchForInterruption } from '../../src/host/interruption.ts';
import { createMemoryLog } from './memory-log.ts';

const [mode = 'wait', childScript = 'sleep 60'] = process.argv.slice(2);
const say = (text: string): void => {
  writeSync(1, `${text}\n`);
};

const interruption = watchForInterruption(createMemoryLog().log);
const child: { pid?: number } = {};
const isAlive = (): boolean => {
  try {
    process.kill(child.pid ?? 0, 0);
    return child.pid !== undefined;
  } catch {
    return false;
  }
};

if (mode === 'bad-callback') {
  interruption.onInterrupt(() => {
    throw new Error('a callback failed');
  });
}
interruption.onInterrupt(() => say(`callback, child alive: ${isAlive()}`));
const takeBack = interruption.onInterrupt(() => say('callback that was taken back'));
takeBack();

const running = createCommandRunner().run('sh', ['-c', `echo $$; ${childScript}`], {
  signal: interruption.signal,
  onLine: (line) => {
    child.pid = Number(line);
    say(`child ${line}`);
    if (mode === 'throw') {
      setTimeout(() => {
        throw new Error('a bug of ours');
      });
    }
    if (mode === 'reject') {
      void Promise.reject(new Error('a bug of ours'));
    }
  },
});
await running.catch((error: unknown) => {
  say(`reason: ${messageChain(error).join(' <- ')}`);
});
// As the run does while it unlocks: there is time for a second signal.
await delay(500);
say('end');
interruption.dispose();
