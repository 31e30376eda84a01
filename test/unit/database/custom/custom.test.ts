/** What goes wrong in a command of the administrator: no phase leaves a dump, and what it began is taken back once. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CustomDatabase } from '../../../../src/database/custom/custom.ts';
import type { BackedUp } from '../../../../src/strategies/contract.ts';
import { makeContext, type TestContext } from '../../../contract/database-context.ts';
import { WELL_DONE, writtenCommand, wrongIn } from '../../../support/custom/written-command.ts';
import { failureOf } from '../../../support/failure.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const never = new AbortController().signal;

let folder: string;
let context: TestContext;

beforeEach(async () => {
  folder = temporaryFolder();
  context = await makeContext();
  mkdirSync(join(context.backupRoot, 'bitbucket-db'));
  writeFileSync(join(context.backupRoot, 'bitbucket-db', 'dump'), 'old');
});
afterEach(async () => {
  await context.remove();
});

function strategyOf(body: string, limitMs = 20_000): CustomDatabase {
  return new CustomDatabase(writtenCommand(folder, body, { limitMs }), context);
}

/** As the pipeline does: what fails is undone, and in the end all is closed. */
async function backUp(strategy: CustomDatabase): Promise<BackedUp> {
  try {
    await strategy.prepare(never);
    const captured = await strategy.capture(never);
    try {
      return await captured.settle(never);
    } catch (error) {
      await captured.discard();
      await captured.discard();
      throw error;
    }
  } finally {
    await strategy.close();
  }
}

function calls(): string[] {
  const path = join(folder, 'calls');
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
}

function expectOnlyOldDump(): void {
  expect(readdirSync(context.backupRoot)).toEqual(['bitbucket-db']);
  expect(readFileSync(join(context.backupRoot, 'bitbucket-db', 'dump'), 'utf8')).toBe('old');
}

test('a command that does all well makes a dump, and is not asked to take anything back', async () => {
  const part = await backUp(strategyOf(WELL_DONE));
  expect(part).toMatchObject({ strategy: 'custom', members: ['bitbucket-db'], files: 1, bytes: 5 });
  expect(calls()).toEqual(['prepare', 'capture', 'settle']);
  expect(readdirSync(context.backupRoot)).toEqual(['bitbucket-db']);
  expect(readFileSync(join(context.backupRoot, 'bitbucket-db', 'dump'), 'utf8')).toBe('rows\n');
});

test('what it says of its work is in the manifest', async () => {
  const part = await backUp(
    strategyOf(
      wrongIn(
        'settle',
        `echo x >"$BITBUCKET_BACKUP_FOLDER/x"; echo '{"version":"expdp 19.3","details":{"scn":7},"counts":{"tables":2}}'; exit`,
      ),
    ),
  );
  expect(part.details).toEqual({ command: join(folder, 'command.sh'), counts: { tables: 2 }, scn: 7 });
  expect(part.tools).toEqual({ 'database-command': 'expdp 19.3' });
});

describe.each([
  ['prepare', ['prepare', 'discard']],
  ['capture', ['prepare', 'capture', 'discard']],
  ['settle', ['prepare', 'capture', 'settle', 'discard']],
] as const)('when it fails in %s', (phase, expected) => {
  test.each([
    ['with an exit code', 'echo "no listener" >&2; exit 1', { code: 'DB_FAILED' }],
    ['with garbage', 'echo Done.; exit 0', { code: 'DB_FAILED' }],
    ['with two objects', `echo '{}'; echo '{}'; exit 0`, { code: 'DB_FAILED' }],
    ['killed', 'kill -KILL $$', { code: 'CHILD_KILLED' }],
    ['after half a dump', 'echo x >"$BITBUCKET_BACKUP_FOLDER/x"; exit 1', { code: 'DB_FAILED' }],
  ])('%s, all is taken back once and the old dump stays', async (_how, what, error) => {
    const failure = await failureOf(backUp(strategyOf(wrongIn(phase, what))));
    expect(failure).toMatchObject(error);
    expect(failure.message).toContain(`Phase '${phase}' of ${join(folder, 'command.sh')}`);
    expect(calls()).toEqual(expected);
    expectOnlyOldDump();
  });

  test('because its time is over, it is ended and all is taken back', async () => {
    const failure = await failureOf(backUp(strategyOf(wrongIn(phase, 'sleep 60'), 400)));
    expect(failure).toMatchObject({ code: 'STEP_TIMEOUT' });
    expect(calls()).toEqual(expected);
    expectOnlyOldDump();
  });
});

test('a capture that failed is taken back after the lock, when the run is over', async () => {
  const strategy = strategyOf(wrongIn('capture', 'exit 1'));
  await failureOf(strategy.capture(never));
  expect(calls()).toEqual(['capture']);
  await strategy.close();
  expect(calls()).toEqual(['capture', 'discard']);
  await strategy.close();
  expect(calls()).toEqual(['capture', 'discard']);
  expectOnlyOldDump();
});

test('what was prepared is taken back when the run does not come to the capture', async () => {
  const strategy = strategyOf(WELL_DONE);
  await strategy.prepare(never);
  await strategy.close();
  expect(calls()).toEqual(['prepare', 'discard']);
  expectOnlyOldDump();
});

test('it is asked to take back what it did when the run fails later on; the dump is without a manifest then', async () => {
  const strategy = strategyOf(
    `case "$1" in capture) echo snap-1 >"$BITBUCKET_BACKUP_STATE/snapshot" ;; discard) cat "$BITBUCKET_BACKUP_STATE/snapshot" >'${folder}/deleted' ;; esac${WELL_DONE}`,
  );
  await strategy.prepare(never);
  const captured = await strategy.capture(never);
  await captured.settle(never);
  await captured.discard();
  await captured.discard();
  await strategy.close();
  expect(calls()).toEqual(['prepare', 'capture', 'settle', 'discard']);
  expect(readFileSync(join(folder, 'deleted'), 'utf8')).toBe('snap-1\n');
  expect(readdirSync(context.backupRoot)).toEqual(['bitbucket-db']);
});

describe('a dump is refused', () => {
  test.each([
    ['that is empty', 'true', 'left no file in its folder'],
    ['of folders alone', 'mkdir "$BITBUCKET_BACKUP_FOLDER/x"', 'left no file in its folder'],
    ['with a link', 'ln -s /etc/passwd "$BITBUCKET_BACKUP_FOLDER/x"', "left 'x' in its folder"],
    ['with a pipe', 'mkfifo "$BITBUCKET_BACKUP_FOLDER/x"', "left 'x' in its folder"],
    ['that is elsewhere', 'd="$BITBUCKET_BACKUP_FOLDER"; rmdir "$d"; ln -s /etc "$d"', 'replaced the folder'],
    ['whose folder is gone', 'rmdir "$BITBUCKET_BACKUP_FOLDER"', 'replaced the folder'],
  ])('%s', async (_what, body, sentence) => {
    const strategy = strategyOf(wrongIn('settle', `${body}; echo '{}'; exit 0`));
    const failure = await failureOf(backUp(strategy));
    expect(failure).toMatchObject({ code: 'DB_FAILED' });
    expect(failure.message).toContain("Phase 'settle' of ");
    expect(failure.message).toContain(sentence);
    expect(calls().at(-1)).toBe('discard');
    expectOnlyOldDump();
  });
});

test('its folders are for nobody else', async () => {
  await backUp(
    strategyOf(
      `stat -c %a "$BITBUCKET_BACKUP_FOLDER" "$BITBUCKET_BACKUP_STATE" >'${folder}/modes'${WELL_DONE}`,
    ),
  );
  expect(readFileSync(join(folder, 'modes'), 'utf8')).toBe('700\n700\n');
  expect(statSync(join(context.backupRoot, 'bitbucket-db')).mode & 0o777).toBe(0o700);
});

describe('what cannot be taken back', () => {
  const BROKEN = wrongIn('settle', 'exit 1').replace('case', `[[ "$1" != discard ]] || exit 1\ncase`);

  test('is told beside the first failure, and stays for the next run', async () => {
    const failure = await failureOf(backUp(strategyOf(BROKEN)));
    expect(failure.message).toContain("Phase 'settle'");
    expect(context.lines.join('\n')).toContain('could not be taken back, and the next run tries again');
    expect(readdirSync(context.backupRoot)).toEqual([`.custom-database.${context.backupId}`, 'bitbucket-db']);
    rmSync(join(folder, 'calls'));
    // As it is called from the next run: with the id and the folders of the dead one.
    const told = `[[ "$1" != discard ]] || echo "$BITBUCKET_BACKUP_ID $BITBUCKET_BACKUP_STATE" >'${folder}/told'${WELL_DONE}`;
    const next = new CustomDatabase(writtenCommand(folder, told), { ...context, backupId: 'next' });
    await backUp(next);
    expect(calls()).toEqual(['discard', 'prepare', 'capture', 'settle']);
    expect(readFileSync(join(folder, 'told'), 'utf8')).toBe(
      `${context.backupId} ${context.backupRoot}/.custom-database.${context.backupId}/state\n`,
    );
    expect(readdirSync(context.backupRoot)).toEqual(['bitbucket-db']);
  });

  test('of a dead run does not keep the next one from its backup', async () => {
    mkdirSync(join(context.backupRoot, '.custom-database.dead', 'state'), { recursive: true });
    const strategy = strategyOf(wrongIn('discard', 'exit 1'));
    expect(await backUp(strategy)).toMatchObject({ included: true });
    expect(context.lines.join('\n')).toContain('What backup dead left behind could not be cleared away');
    expect(readdirSync(context.backupRoot)).toContain('.custom-database.dead');
  });
});

describe('before the lock', () => {
  test('its findings are told as those of the input', async () => {
    const found = `echo '{"bytes":4096,"findings":[{"severity":"warning","message":"Old client."}]}'; exit 0`;
    const strategy = strategyOf(wrongIn('check', found));
    expect(await strategy.preflight()).toEqual([
      { severity: 'warning', subject: 'database-command', message: 'Old client.' },
    ]);
    expect(await strategy.spaceNeeds()).toEqual([
      { path: context.backupRoot, bytes: 4096, what: 'database dump' },
    ]);
    expect(readdirSync(context.backupRoot)).toEqual(['bitbucket-db']);
  });

  test.each([
    ['that fails', wrongIn('check', 'echo "no listener" >&2; exit 2'), 'exit code 2: no listener'],
    ['that prints garbage', wrongIn('check', 'echo x; exit 0'), 'not exactly one JSON object'],
  ])('a check %s is an error', async (_what, body, sentence) => {
    const findings = await strategyOf(body).preflight();
    expect(findings).toMatchObject([{ severity: 'error', subject: 'database-command' }]);
    expect(findings[0]?.message).toContain(sentence);
  });

  test('a command that others can change is not even run', async () => {
    const settings = writtenCommand(folder, WELL_DONE);
    const strategy = new CustomDatabase({ ...settings, command: join(folder, 'missing') }, context);
    expect(await strategy.preflight()).toMatchObject([{ severity: 'error' }]);

    chmodSync(settings.command, 0o777);
    const findings = await new CustomDatabase(settings, context).preflight();
    expect(findings[0]?.message).toMatch(/^Input 'database-command' names .* may write to the file/);
    expect(calls()).toEqual([]);
  });

  test('without an estimate it is as much as the last time', async () => {
    const previous = { strategy: 'custom', included: true, members: [], bytes: 77, details: {} };
    const strategy = new CustomDatabase(writtenCommand(folder, WELL_DONE), { ...context, previous });
    expect(await strategy.preflight()).toEqual([]);
    expect(await strategy.spaceNeeds()).toMatchObject([{ bytes: 77 }]);
    const first = strategyOf(WELL_DONE);
    expect(await first.spaceNeeds()).toEqual([]);
  });
});

test('it is cancelled in every phase, and taken back', async () => {
  for (const phase of ['prepare', 'capture', 'settle']) {
    rmSync(join(folder, 'calls'), { force: true });
    const strategy = strategyOf(wrongIn(phase, 'sleep 60'));
    const canceling = new AbortController();
    const running = (async () => {
      try {
        await strategy.prepare(canceling.signal);
        await (await strategy.capture(canceling.signal)).settle(canceling.signal);
      } finally {
        await strategy.close();
      }
    })();
    await vi.waitFor(() => expect(calls()).toContain(phase), 20_000);
    canceling.abort(new Error('cancelled'));
    await expect(running).rejects.toThrow('cancelled');
    expect(calls().slice(-2)).toEqual([phase, 'discard']);
    expectOnlyOldDump();
  }
});
