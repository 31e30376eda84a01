import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createCommandRunner } from '../../../../src/host/command.ts';
import type { Answer } from '../../../../src/strategies/custom/answer.ts';
import { CustomCommand } from '../../../../src/strategies/custom/custom-command.ts';
import type { CommandSettings, Phase, PhaseCall } from '../../../../src/strategies/custom/protocol.ts';
import { writtenCommand } from '../../../support/custom/written-command.ts';
import { everythingOf, failureOf } from '../../../support/failure.ts';
import { createMemoryLog } from '../../../support/memory-log.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

let folder: string;
let memory: ReturnType<typeof createMemoryLog>;

beforeEach(() => {
  folder = temporaryFolder();
  memory = createMemoryLog();
});

async function run(
  body: string,
  phase: Phase,
  more: {
    readonly settings?: Partial<CommandSettings>;
    readonly call?: Partial<PhaseCall>;
    readonly signal?: AbortSignal;
  } = {},
): Promise<Answer> {
  const command = new CustomCommand(writtenCommand(folder, body, more.settings), {
    commands: createCommandRunner(),
    log: memory.log,
  });
  return await command.run(phase, { id: 'backup-1', ...more.call }, more.signal);
}

describe('a phase', () => {
  test('is told what the protocol says, and nothing of our own environment', async () => {
    vi.stubEnv('INPUT_BITBUCKET-PASSWORD', 'hunter2');
    await run(`env | grep -v '^\\(PWD\\|SHLVL\\|_\\)=' | sort >'${folder}/env'; echo '{}'`, 'settle', {
      settings: { variables: { BITBUCKET_BACKUP_DATABASE_HOST: "db 'x' $y" } },
      call: { folder: '/data', state: '/state', recordedFile: '/recorded', archiveName: 'a.tar' },
    });
    vi.unstubAllEnvs();
    const lines = readFileSync(join(folder, 'env'), 'utf8').trim().split('\n');
    expect(lines.filter((line) => line.startsWith('BITBUCKET_'))).toEqual([
      'BITBUCKET_BACKUP_ARCHIVE=a.tar',
      "BITBUCKET_BACKUP_DATABASE_HOST=db 'x' $y",
      'BITBUCKET_BACKUP_FOLDER=/data',
      'BITBUCKET_BACKUP_ID=backup-1',
      'BITBUCKET_BACKUP_INSTANCE=bitbucket',
      'BITBUCKET_BACKUP_PART=database',
      'BITBUCKET_BACKUP_PHASE=settle',
      'BITBUCKET_BACKUP_PROTOCOL=1',
      'BITBUCKET_BACKUP_RECORDED=/recorded',
      'BITBUCKET_BACKUP_STATE=/state',
    ]);
    expect(lines.join('\n')).not.toContain('hunter2');
  });

  test('has its lines of standard error in the log, its secrets masked', async () => {
    const secret = 'open sesame "9"';
    await run(`echo "logging in with $SECRET" >&2; echo '{}'`, 'prepare', {
      settings: { variables: { SECRET: secret }, secrets: [secret] },
    });
    expect(memory.lines.join('\n')).toContain('command.sh prepare: logging in with ***');
    expect(memory.lines.join('\n')).not.toContain('sesame');
  });

  test('has its secrets masked in its answer', async () => {
    const answer = await run(
      `echo '{"version":"1","details":{"url":"oracle://x:open-sesame@db","list":["open-sesame"],"open-sesame":1}}'`,
      'settle',
      { settings: { secrets: ['open-sesame'] } },
    );
    expect(answer.details).toEqual({ url: 'oracle://x:***@db', list: ['***'], '***': 1 });
  });

  test('has its secrets masked in its failure', async () => {
    const failing = run(`echo "denied: open-sesame" >&2; exit 1`, 'capture', {
      settings: { secrets: ['open-sesame'] },
    });
    const failure = await failureOf(failing);
    expect(failure.message).toBe(
      `Phase 'capture' of ${folder}/command.sh failed: command.sh failed with exit code 1: denied: ***.`,
    );
  });

  test('may have an answer on several lines', async () => {
    expect(await run(`printf '{\\n  "counts": {"tables": 3}\\n}\\n\\n'`, 'restore')).toMatchObject({
      counts: { tables: 3 },
    });
  });

  test.each(['check', 'prepare', 'settle', 'discard', 'restore-complete'] as const)(
    '%s may have nothing to do',
    async (phase) => {
      expect(await run('echo nonsense; exit 100', phase)).toMatchObject({ findings: [], counts: {} });
    },
  );

  test.each(['capture', 'restore-check', 'restore', 'restore-discard'] as const)(
    '%s has to be done',
    async (phase) => {
      const failure = await failureOf(run('exit 100', phase));
      expect(failure).toMatchObject({ code: 'DB_FAILED' });
      expect(failure.advice).toContain(`The phase '${phase}' has to be done`);
    },
  );

  test('says by 64 that its settings are wrong', async () => {
    const failure = await failureOf(run('echo "Set database-name." >&2; exit 64', 'check'));
    expect(failure.message).toContain('exit code 64: Set database-name.');
    expect(failure.advice).toContain('Correct the inputs');
  });

  test('of the home fails with the code of the home', async () => {
    const failure = await failureOf(run('exit 1', 'capture', { settings: { slot: 'home' } }));
    expect(failure).toMatchObject({ code: 'HOME_FAILED' });
  });
});

describe('fails in a sentence that names phase and command', () => {
  test.each([
    ['garbage', 'echo Done.', 'is not exactly one JSON object on standard output; it printed Done.'],
    ['nothing', 'true', 'is not exactly one JSON object on standard output; it printed nothing'],
    ['two objects', `echo '{}'; echo '{}'`, 'is not exactly one JSON object on standard output'],
    ['a list', `echo '[]'`, 'is not exactly one JSON object on standard output'],
    ['a number', `echo 7`, 'is not exactly one JSON object on standard output'],
    ['an object and a line', `echo '{}'; echo Done.`, 'is not exactly one JSON object on standard output'],
    ['a field of another phase', `echo '{"findings":[]}'`, "has the field 'findings'"],
    ['a misspelt field', `echo '{"detials":{}}'`, 'may have version, details, counts'],
    ['a wrong type', `echo '{"counts":{"tables":"3"}}'`, 'is wrong: counts.tables is not a number from 0'],
    ['too much', `head -c 70000 /dev/zero | tr '\\0' x`, 'has more than 65536 characters'],
    ['too many lines', `yes`, 'has more than 65536 characters'],
  ])('given %s', async (_what, body, sentence) => {
    const failure = await failureOf(run(body, 'settle'));
    expect(failure).toMatchObject({ code: 'DB_FAILED' });
    expect(failure.message).toContain(`Phase 'settle' of ${folder}/command.sh failed: its answer `);
    expect(failure.message).toContain(sentence);
  });

  test('with what it printed masked and made harmless', async () => {
    const failure = await failureOf(
      run(`printf '::set-output open-sesame\\033[31m'`, 'settle', { settings: { secrets: ['open-sesame'] } }),
    );
    expect(everythingOf(failure)).not.toContain('open-sesame');
    expect(failure.message).toContain('it printed : :set-output ***');
  });

  test('when it is killed', async () => {
    const failure = await failureOf(run('kill -KILL $$', 'settle'));
    expect(failure).toMatchObject({ code: 'CHILD_KILLED' });
    expect(failure.message).toContain("Phase 'settle' of ");
  });

  test('when the disk is full', async () => {
    const failure = await failureOf(run('echo "write: No space left on device" >&2; exit 1', 'settle'));
    expect(failure).toMatchObject({ code: 'DISK_FULL' });
  });

  test('when nothing runs it', async () => {
    const settings = writtenCommand(folder, '');
    writeFileSync(settings.command, '#!/nowhere/bash\n');
    const command = new CustomCommand(settings, { commands: createCommandRunner(), log: memory.log });
    const failure = await failureOf(command.run('check', { id: 'x' }));
    expect(failure.message).toContain('what its first line names is not there');
  });

  test('when somebody has got at it since', async () => {
    const settings = writtenCommand(folder, `echo '{}'`);
    chmodSync(settings.command, 0o777);
    const command = new CustomCommand(settings, { commands: createCommandRunner(), log: memory.log });
    const failure = await failureOf(command.run('capture', { id: 'x' }));
    expect(failure).toMatchObject({ code: 'UNSAFE_STATE' });
    expect(failure.message).toContain(`${settings.command} was not run for phase 'capture'`);
    expect(existsSync(join(folder, 'calls'))).toBe(false);
  });
});

/** It and a child of its child, neither of which listens. */
function hanging(): string {
  return `trap '' TERM\n(trap '' TERM; sleep 60 & echo $! >'${folder}/child'; wait) & wait; sleep 60`;
}

function isChildAlive(): boolean {
  const pid = readFileSync(join(folder, 'child'), 'utf8').trim();
  return existsSync(`/proc/${pid}`) && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
}

describe('is ended with all that it started', () => {
  test('when its time is over, even if it does not listen', async () => {
    const failure = await failureOf(run(hanging(), 'settle', { settings: { limitMs: 500 } }));
    expect(failure).toMatchObject({ code: 'STEP_TIMEOUT' });
    expect(failure.message).toContain("Phase 'settle' of ");
    await vi.waitFor(() => expect(isChildAlive()).toBe(false), 20_000);
  });

  test('when the run is cancelled', async () => {
    const canceling = new AbortController();
    const running = run(hanging(), 'capture', { signal: canceling.signal });
    await vi.waitFor(() => expect(readFileSync(join(folder, 'child'), 'utf8')).toContain('\n'), 20_000);
    canceling.abort(new Error('cancelled'));
    await expect(running).rejects.toThrow('cancelled');
    await vi.waitFor(() => expect(isChildAlive()).toBe(false), 20_000);
  });

  test('and is not waited for when what it left behind keeps its output open', async () => {
    const before = performance.now();
    await run(`sleep 30 & echo $! >'${folder}/child'; echo '{}'`, 'capture');
    expect(performance.now() - before).toBeLessThan(10_000);
    process.kill(Number(readFileSync(join(folder, 'child'), 'utf8')));
  });
});
