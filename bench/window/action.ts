/** This action: the built one, in a process of its own, as GitHub's runner runs it. */
import { startAction } from '../../test/support/action-runner/run-action.ts';
import { PROJECT_ROOT } from '../../test/support/backup-stand.ts';
import { watchMemory } from '../process-memory.ts';
import type { Contender, Ground, Run, Task } from './contender.ts';

/** DESIGN.md, section 8: administrators know this line. */
const ARCHIVE_BEGINS = /Archiving '.*' into '/;

/** @param extra inputs that are given besides those that name the parts */
export function actionContender(
  ground: Ground,
  backupRoot: string,
  extra: Readonly<Record<string, string>>,
): Contender {
  return {
    name: 'this action',
    backupRoot,
    run: async (task) => await runOurs(inputsOf(ground, backupRoot, task, extra)),
  };
}

async function runOurs(inputs: Readonly<Record<string, string>>): Promise<Run> {
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1_000;
  const run = startAction({ actionFolder: PROJECT_ROOT, inputs });
  const peak = watchMemory({ root: run.pid, withRoot: true });
  let secondsToArchive: number | undefined;
  run.onLine((line) => {
    if (ARCHIVE_BEGINS.test(line)) {
      secondsToArchive ??= seconds();
    }
  });
  try {
    const result = await run.finish();
    if (result.exitCode !== 0) {
      throw new Error(`The action ended with ${result.exitCode}:\n${result.log.join('\n')}`);
    }
    if (process.env['BENCH_VERBOSE'] !== undefined) {
      console.log(result.log.filter((line) => /Looked at|Copied|Rehears/.test(line)).join('\n'));
      console.log(/\| Step \|.*?\n\n/s.exec(result.summary)?.[0] ?? result.summary);
    }
    const total = (result.endedAtMs - result.startedAtMs) / 1_000;
    return { seconds: total, secondsToArchive: secondsToArchive ?? total, memory: peak() };
  } finally {
    peak();
  }
}

function inputsOf(
  { simulator, postgres }: Ground,
  backupRoot: string,
  task: Task,
  extra: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return {
    'bitbucket-url': simulator.url,
    'bitbucket-username': simulator.username,
    'bitbucket-password': simulator.password,
    'home-path': task.homePath,
    'database-strategy': 'postgresql',
    'database-host': postgres.host,
    'database-port': String(postgres.port),
    'database-name': task.database,
    'database-username': postgres.username,
    'database-password': postgres.password,
    'backup-root': backupRoot,
    'archive-root': task.archiveRoot,
    'upload-artifact': 'none',
    ...extra,
  };
}
