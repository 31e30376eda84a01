/** Backup and restore by the built action, which finds the database by itself. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readManifest } from '../../src/report/manifest-reader.ts';
import { type ActionResult, runAction } from '../support/action-runner/run-action.ts';
import { type BackupStand, PROJECT_ROOT, startStand } from '../support/backup-stand.ts';
import { databaseFingerprint } from '../support/database-fingerprint.ts';
import { openDatabase, queryDatabase } from '../support/h2/h2.ts';
import { runProgram } from '../support/program.ts';

const NO_DATABASE = {
  'database-host': '',
  'database-port': '',
  'database-name': '',
  'database-username': '',
  'database-password': '',
};

let stand: BackupStand;
let count = 0;

beforeAll(async () => {
  stand = await startStand();
  await stand.postgres.sql('postgres', `ALTER ROLE ${stand.postgres.username} CREATEDB`);
});

afterAll(async () => {
  await stand.close();
});

async function backUp(changes: Readonly<Record<string, string>> = {}): Promise<ActionResult> {
  return await runAction({
    actionFolder: PROJECT_ROOT,
    inputs: { ...stand.inputs, ...NO_DATABASE, ...changes },
  });
}

/** To a machine of its own. */
async function restore(
  changes: Readonly<Record<string, string>> = {},
): Promise<ActionResult & { home: string }> {
  count += 1;
  const machine = join(stand.folder, `machine ${count}`);
  await mkdir(machine);
  const home = join(machine, 'home');
  const result = await runAction({
    actionFolder: join(PROJECT_ROOT, 'restore'),
    inputs: { archive: 'latest', 'archive-root': stand.archiveRoot, 'home-path': home, ...changes },
  });
  return { ...result, home };
}

/** Where anybody could read it. */
async function everythingSaid(result: ActionResult): Promise<string> {
  const manifest = result.outputs['manifest'];
  return [
    ...result.log,
    result.summary,
    JSON.stringify(result.outputs),
    ...(manifest ? [await readFile(manifest, 'utf8')] : []),
  ].join('\n');
}

function writeProperties(lines: readonly string[]): Promise<void> {
  return writeFile(join(stand.home.root, 'shared/bitbucket.properties'), `${lines.join('\n')}\n`, 'latin1');
}

describe('PostgreSQL', () => {
  test('is found in the home, backed up with its own password, and restored equal', async () => {
    const seen = new Set<string>();
    const sampling = setInterval(() => {
      void runProgram('sh', ['-c', "cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' '\\n'"]).then(
        ({ stdout }) =>
          stdout
            .toString('utf8')
            .split('\n')
            .forEach((word) => seen.add(word)),
        () => undefined,
      );
    }, 20);
    const { postgres, database } = stand;
    const backup = await backUp();
    clearInterval(sampling);
    expect(backup.exitCode).toBe(0);
    expect(backup.log.join('\n')).toContain(
      `Database found in '${stand.home.root}/shared/bitbucket.properties': PostgreSQL '${database}' at localhost:${postgres.port}, user '${postgres.username}'`,
    );
    const { parts } = readManifest(await readFile(backup.outputs['manifest'] ?? '', 'utf8'));
    const part = parts.find(({ slot }) => slot === 'database');
    expect(part).toMatchObject({
      strategy: 'postgresql',
      details: {
        database,
        rows: {
          project: 2,
          repository: 4,
          sta_pull_request: 12,
          changeset: 12,
          bb_comment: 12,
          sta_normal_user: 20,
        },
      },
    });
    const restored = await restore({
      'database-host': postgres.host,
      'database-port': String(postgres.port),
      'database-name': 'found_again',
      'database-username': postgres.username,
      'database-password': postgres.password,
    });
    expect(restored.exitCode).toBe(0);
    expect(restored.log.join('\n')).toContain('The database in the archive was made by postgresql');
    expect(restored.summary).toMatch(/\| rows of sta.?_pull.?_request \|.*12.*12/);
    expect(await databaseFingerprint(postgres, 'found_again')).toEqual(
      await databaseFingerprint(postgres, database),
    );
    for (const said of [await everythingSaid(backup), await everythingSaid(restored), [...seen].join('\n')]) {
      expect(said).not.toContain(postgres.password);
    }
    expect([...seen].join('\n')).toMatch(/pg_dump/);
  }, 90_000);

  test('is told in the plan of a dry run, with a warning where the inputs name another one', async () => {
    const { postgres } = stand;
    await postgres.createDatabase('other', { withSchema: true });
    const { exitCode, summary, annotations } = await backUp({ 'dry-run': 'true', 'database-name': 'other' });
    expect(exitCode).toBe(0);
    expect(summary).toMatch(/PostgreSQL .+other.+ at localhost/);
    const warnings = annotations.filter(({ level }) => level === 'warning').map(({ message }) => message);
    expect(warnings.join('\n')).toMatch(/The inputs name PostgreSQL 'other' .* names PostgreSQL 'bitbucket'/);
  });
});

describe('what is wrong in bitbucket.properties', () => {
  const USUAL = ['jdbc.driver=org.postgresql.Driver', 'jdbc.user=bitbucket', 'jdbc.password=5ecret-5ecret'];

  test.each<[string, readonly string[], RegExp]>([
    ['Oracle', ['jdbc.url=jdbc:oracle:thin:@//db:1521/x'], /Oracle database .* use custom or none/],
    [
      'an encrypted password',
      [...USUAL, 'jdbc.url=jdbc:postgresql://h/d', 'jdbc.password.decrypter.classname=com.example.C'],
      /is encrypted \(com\.example\.C\); give the password as input 'database-password'/,
    ],
    ['another driver', [...USUAL, 'jdbc.url=jdbc:mysql://h/d'], /names the driver org\.postgresql\.Driver/],
    [
      'a password that is not right',
      [...USUAL, 'jdbc.url=jdbc:postgresql://localhost:PORT/bitbucket'],
      /password/,
    ],
  ])('%s: red, one clear sentence, never locked', async (_what, lines, sentence) => {
    const before = stand.simulator.snapshot().lockCount;
    await writeProperties(lines.map((line) => line.replace('PORT', String(stand.postgres.port))));
    const result = await backUp();
    expect(result.exitCode).toBe(1);
    expect(result.outputs['error-code']).toBe('PREFLIGHT_FAILED');
    const errors = result.annotations.filter(({ level }) => level === 'error').map(({ message }) => message);
    expect(errors.join('\n')).toMatch(sentence);
    expect(await everythingSaid(result)).not.toContain('5ecret');
    expect(stand.simulator.snapshot().lockCount).toBe(before);
  });
});

describe('the internal database', () => {
  test('goes with the home and comes back with it', async () => {
    await writeProperties(['setup.displayName=Bitbucket']);
    await runProgram('find', [
      stand.home.root,
      '-name',
      'db.*',
      '-path',
      '*/data/db.*',
      '-not',
      '-path',
      '*/attachments/*',
      '-delete',
    ]);
    const h2 = await openDatabase('2.2.224', stand.home.root);
    await h2.run('CREATE TABLE project (id INT PRIMARY KEY, name VARCHAR(100))');
    await h2.run("INSERT INTO project SELECT x, 'Project ' || x FROM SYSTEM_RANGE(1, 777)");
    const backup = await backUp();
    await h2.run('DELETE FROM project');
    await h2.close();
    expect(backup.exitCode).toBe(0);
    expect(backup.annotations.map(({ message }) => message).join('\n')).toContain('for evaluation only');
    const manifest = readManifest(await readFile(backup.outputs['manifest'] ?? '', 'utf8'));
    expect(manifest.notBackedUp.map(({ slot }) => slot)).not.toContain('database');
    expect(manifest.exclusions.patterns).not.toContain('/shared/data/db.*');
    const restored = await restore();
    expect(restored.exitCode).toBe(0);
    expect(restored.summary).toContain('in the home');
    expect(restored.summary).toMatch(/database files.*1.*1/);
    const answer = await queryDatabase('2.2.224', restored.home, 'SELECT COUNT(*), MAX(id) FROM project');
    expect(answer).toMatch(/777\s*\|\s*777/);
  }, 90_000);

  test('takes no connection: an input of one is named', async () => {
    await writeProperties(['setup.displayName=Bitbucket']);
    const result = await backUp({ 'database-host': 'db.example.com' });
    expect(result.exitCode).toBe(1);
    expect(result.log.join('\n')).toContain(
      "Input 'database-host' does not belong to the strategy 'internal'",
    );
    const wrong = await restore({ 'database-host': 'db.example.com' });
    expect(wrong.exitCode).toBe(1);
    expect(wrong.log.join('\n')).toContain(
      "Input 'database-host' does not belong to the strategy 'internal'",
    );
  });
});
