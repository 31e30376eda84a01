/**
 * A backup and its restore to look at: a small home with real git repositories, a throw-away PostgreSQL, the Bitbucket simulator, users
 * who push all the while, and the built action, run as GitHub's runner runs it. What it wrote stays; the rest goes.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAction } from '../test/support/action-runner/run-action.ts';
import { PROJECT_ROOT, startStand } from '../test/support/backup-stand.ts';
import { startPusher } from '../test/support/bitbucket-home.ts';

console.log('Making a Bitbucket home with git repositories, a PostgreSQL and a Bitbucket simulator ...');
const stand = await startStand({
  repositories: 6,
  packBytesPerRepository: 2_000_000,
  databaseBytes: 10_000_000,
  // Foreign owners among them take root.
  oddFiles: process.getuid?.() === 0,
  simulator: { drainMs: 1_000 },
});
const kept = mkdtempSync(join(tmpdir(), 'bitbucket-backup-demo-'));
let exitCode = 1;
try {
  const { simulator, home } = stand;
  const pusher = startPusher({
    home,
    admit: async (push) => await simulator.userRequest(push),
    intervalMs: 50,
  });
  await pusher.reached(2);
  console.log('Users are pushing. Running the action as a runner does:\n');
  const run = startAction({
    actionFolder: PROJECT_ROOT,
    inputs: { ...stand.inputs, 'backup-root': join(kept, 'backup'), 'archive-root': join(kept, 'archives') },
  });
  run.onLine(show);
  const result = await run.finish();
  const { pushes } = await pusher.stop();
  exitCode = result.exitCode ?? 1;
  const summary = join(kept, 'summary.md');
  writeFileSync(summary, result.summary);
  const { outputs } = result;
  console.log(
    `\nUsers pushed ${pushes} times, and were refused ${pusher.refused} times while Bitbucket was locked.\n`,
  );
  console.log(`Archive:      ${outputs['archive']}`);
  console.log(`Manifest:     ${outputs['manifest']}`);
  console.log(`Job summary:  ${summary}`);
  console.log(`Locked:       ${outputs['locked-seconds']} s of ${outputs['duration-seconds']} s`);
  if (exitCode === 0) {
    exitCode = await restoreDemo(outputs['archive'] ?? '');
  }
} finally {
  await stand.close();
}
process.exitCode = exitCode;

/** Into another home and another database, as on a new machine. */
async function restoreDemo(archive: string): Promise<number> {
  const { postgres, inputs } = stand;
  await postgres.sql('postgres', `ALTER ROLE ${postgres.username} CREATEDB`);
  console.log('\nRestoring it into another home and another database:\n');
  const run = startAction({
    actionFolder: join(PROJECT_ROOT, 'restore'),
    inputs: {
      archive,
      'home-path': join(kept, 'restored-home'),
      'outside-links': 'keep',
      'update-properties': 'true',
      'database-host': inputs['database-host'] ?? '',
      'database-port': inputs['database-port'] ?? '',
      'database-name': 'bitbucket_restored',
      'database-username': inputs['database-username'] ?? '',
      'database-password': inputs['database-password'] ?? '',
    },
  });
  run.onLine(show);
  const result = await run.finish();
  const summary = join(kept, 'restore-summary.md');
  writeFileSync(summary, result.summary);
  console.log(`\nRestored:     ${join(kept, 'restored-home')}`);
  console.log(`Job summary:  ${summary}`);
  return result.exitCode ?? 1;
}

/** A real log shows debug lines only when somebody asks for them, and no commands. */
function show(line: string): void {
  if (!line.startsWith('##[debug]') && !line.startsWith('::')) {
    console.log(`  ${line}`);
  }
}
