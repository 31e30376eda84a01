/** What docs/custom-commands.md shows is run as it stands there, and its tables say what the code does. */
import { globSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { CustomDatabase } from '../../../../src/database/custom/custom.ts';
import { CustomRestore } from '../../../../src/database/custom/custom-restore.ts';
import {
  type CommandSettings,
  mayDoNothing,
  NOTHING_TO_DO,
  PHASES,
  WRONG_SETTINGS,
} from '../../../../src/strategies/custom/protocol.ts';
import { LONGEST_ANSWER } from '../../../../src/strategies/custom/answer.ts';
import { makeContext } from '../../../contract/database-context.ts';
import { databaseRestoreRun } from '../../../contract/database-restore-context.ts';
import { programText, runProgram } from '../../../support/program.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const page = readFileSync(join(ROOT, 'docs/custom-commands.md'), 'utf8');
const never = new AbortController().signal;

/** The block of a language below a heading. */
function block(heading: string, language: string): string {
  const section = page.slice(page.indexOf(`## ${heading}\n`));
  const found = new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(section)?.[1];
  if (found === undefined) {
    throw new Error(`No ${language} below '${heading}'.`);
  }
  return found;
}

describe('the table of phases', () => {
  const rows = page.split('\n').filter((line) => /^\| `[a-z-]+` \| /.test(line));
  const phases = rows.filter((row) => row.split('|').length === 7);

  test('has every phase, in order', () => {
    expect(phases.map((row) => /`([a-z-]+)`/.exec(row)?.[1])).toEqual(PHASES);
  });

  test.each(PHASES)('says whether %s may have nothing to do', (phase) => {
    const row = phases.find((line) => line.startsWith(`| \`${phase}\` |`)) ?? '';
    expect(/\| (?:yes|yes, [^|]*) \|$/.test(row)).toBe(mayDoNothing(phase));
  });
});

test('the numbers are those of the code', () => {
  expect(page).toContain(`| ${NOTHING_TO_DO} | Nothing to do`);
  expect(page).toContain(`| ${WRONG_SETTINGS} | The settings are wrong`);
  expect(page).toContain(LONGEST_ANSWER.toLocaleString('en-US'));
});

describe('the whole one', () => {
  let folder: string;
  let database: string;
  let settings: CommandSettings;

  beforeEach(async () => {
    folder = temporaryFolder();
    const command = join(folder, 'database.sh');
    writeFileSync(command, block('A whole one', 'bash'), { mode: 0o755 });
    database = join(folder, 'live.sqlite');
    await runProgram('sqlite3', [database, "CREATE TABLE t (x); INSERT INTO t VALUES (1), ('it''s')"]);
    settings = settingsFor(command, database);
  });

  test('is clean', async () => {
    expect(await programText('shellcheck', [settings.command])).toBe('');
  });

  async function dump(): Promise<string> {
    return await programText('sqlite3', [database, '.dump']);
  }

  test('backs up, refuses what is there, restores, and takes back', async () => {
    const before = await dump();
    const context = await makeContext();
    const strategy = new CustomDatabase(settings, context);
    expect(await strategy.preflight()).toEqual([]);
    await strategy.prepare(never);
    const captured = await strategy.capture(never);
    await runProgram('sqlite3', [database, 'DELETE FROM t']);
    const part = { recorded: await captured.settle(never), drained: true };
    await strategy.close();
    const start = () => databaseRestoreRun((restoring) => new CustomRestore(settings, restoring));
    const refused = start();
    expect(await refused.strategy.preflight(part)).toMatchObject([{ severity: 'error' }]);
    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    database = join(elsewhere, 'live.sqlite');
    settings = settingsFor(settings.command, database);
    const failed = start();
    expect(await failed.strategy.preflight(part)).toEqual([]);
    await failed.strategy.restore(part, context.backupRoot, never);
    expect(readdirSync(elsewhere)).toEqual([`live.sqlite.${failed.runId}`]);
    await failed.strategy.discard();
    expect(readdirSync(elsewhere)).toEqual([]);
    const run = start();
    await run.strategy.restore(part, context.backupRoot, never);
    const { todo } = await run.strategy.complete();
    expect(todo.join()).toContain('jdbc.url');
    expect(await dump()).toBe(before);
    await run.strategy.discard();
    expect(readdirSync(elsewhere)).toEqual([]);
    await context.remove();
  });

  test('can be tried by hand', async () => {
    const script = block('Try it by hand', 'sh')
      .replaceAll('/srv/database.sqlite', database)
      .replaceAll('/opt/bitbucket-backup/database.sh', settings.command);
    const said = await programText('bash', ['-c', script], { env: { TMPDIR: folder } });
    expect(said).toContain('check ended with 100');
    expect(said).toContain('capture ended with 0');
    expect(said).toContain('database.sqlite');
  });
});

function settingsFor(command: string, database: string): CommandSettings {
  return {
    slot: 'database',
    command,
    limitMs: 20_000,
    instanceName: 'bitbucket',
    variables: { BITBUCKET_BACKUP_DATABASE_NAME: database },
    secrets: [],
  };
}

describe('the commands in examples/custom-database', () => {
  const commands = globSync(join(ROOT, 'examples/custom-database/*.sh'));

  test('are there', () => {
    const names = commands.map((path) => path.split('/').at(-1));
    expect(new Set(names)).toEqual(new Set(['oracle.sh', 'postgresql.sh']));
  });

  test.each(commands)('%s is clean', async (command) => {
    expect(await programText('shellcheck', [command])).toBe('');
  });

  test.each(commands)(
    '%s refuses settings that it cannot work with, and another protocol',
    async (command) => {
      const env = { BITBUCKET_BACKUP_ID: 'x', HOME: '/' };
      await expect(
        runProgram(command, ['check'], { env: { ...env, BITBUCKET_BACKUP_PROTOCOL: '1' } }),
      ).rejects.toThrow(/ended with 64:\nSet the input/);
      await expect(
        runProgram(command, ['check'], { env: { ...env, BITBUCKET_BACKUP_PROTOCOL: '2' } }),
      ).rejects.toThrow(/ended with 64:\n.*2/);
    },
  );
});
