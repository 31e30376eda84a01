/**
 * Runs a workflow with nektos/act 0.2.89 in host mode: its steps are processes of this machine, as on a self-hosted
 * runner. The caller's workflow lies in a git repository of its own; this repository is the action that it uses.
 *
 * What act does not do, so no test here looks at it: concurrency, environments, permissions, a job's timeout, an input of
 * the wrong type, jobs after a called workflow that failed, even with `if: always()`. A cancelled job is the business of `test/support/action-runner`, since act kills without the runner's grace.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { killAll, processesWithEnvironment, signalIfAlive } from '../action-runner/processes.ts';
import { PROJECT_ROOT } from '../backup-stand.ts';
import { runProgram } from '../program.ts';
import { ActLog } from './act-log.ts';
import { asActKnowsIt, COMMIT, copyActionRepository, REPOSITORY } from './action-repository.ts';

export interface ActOptions {
  /** The text of the caller's workflow. */
  readonly workflow: string;
  readonly event: 'schedule' | 'workflow_dispatch';
  /** What somebody would type into the form of `workflow_dispatch`. */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly vars: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Labels of the runner; a job that asks for none of them is not run. Default `self-hosted`. */
  readonly labels?: readonly string[];
  /** Besides what the runner sets. */
  readonly env?: Readonly<Record<string, string>>;
  /** Folders that stand for actions of others, each by its `owner/name@commit`. */
  readonly actions?: Readonly<Record<string, string>>;
}

export interface ActResult {
  readonly exitCode: number | null;
  /** As in `ActRun`. */
  readonly marker: string;
  readonly log: ActLog;
}

export interface ActRun {
  readonly log: ActLog;
  /** `NAME=value` in the environment of every process of the run. */
  readonly marker: string;
  /** Waits for the end and removes what act left. */
  finish(): Promise<ActResult>;
  /** For a test's clean-up: ends what still lives of the run. */
  dispose(): Promise<void>;
}

export async function runAct(options: ActOptions): Promise<ActResult> {
  const run = await startAct(options);
  try {
    return await run.finish();
  } finally {
    await run.dispose();
  }
}

export async function startAct(options: ActOptions): Promise<ActRun> {
  const folder = mkdtempSync(join(tmpdir(), 'act-'));
  try {
    const action = join(folder, 'action');
    copyActionRepository(PROJECT_ROOT, action);
    const caller = await makeCaller(join(folder, 'caller'), options.workflow);
    return start(folder, caller, action, options);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** act asks git for repository, branch and commit. */
async function makeCaller(folder: string, workflow: string): Promise<string> {
  const file = join(folder, '.github/workflows/workflow.yml');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, asActKnowsIt(workflow));
  const git = async (...args: string[]): Promise<void> => {
    await runProgram('git', args, { cwd: folder, env: { GIT_CONFIG_GLOBAL: '/dev/null' } });
  };
  await git('init', '--quiet', '--initial-branch', 'main');
  await git('remote', 'add', 'origin', 'https://github.com/octocat/backups');
  await git('add', '.');
  await git(
    '-c',
    'user.name=octocat',
    '-c',
    'user.email=octocat@example.com',
    'commit',
    '--quiet',
    '-m',
    'x',
  );
  return folder;
}

function start(folder: string, caller: string, action: string, options: ActOptions): ActRun {
  const trackingId = `act_${randomUUID()}`;
  const marker = `RUNNER_TRACKING_ID=${trackingId}`;
  // act reads JSON as the YAML that it is; values may then hold whatever they like.
  const file = (name: string, values: Readonly<Record<string, string>>): string => {
    const path = join(folder, `${name}.yml`);
    writeFileSync(path, JSON.stringify(values), { mode: 0o600 });
    return path;
  };
  const labels = options.labels ?? ['self-hosted'];
  const args = [
    [options.event, '--json', '--rm', '--directory', caller],
    labels.flatMap((label) => ['--platform', `${label}=-self-hosted`]),
    ['--local-repository', `${REPOSITORY}@${COMMIT}=${action}`],
    Object.entries(options.actions ?? {}).flatMap(([name, path]) => [
      '--local-repository',
      `${name}=${path}`,
    ]),
    ['--action-cache-path', join(folder, 'cache')],
    // Nothing of the network: no fetching, no images, no cache server, no docker.
    ['--action-offline-mode', '--pull=false', '--no-cache-server', '--container-daemon-socket', '-'],
    // With a token at hand act does not ask `gh` for one.
    ['--secret-file', file('secrets', { ...options.secrets, GITHUB_TOKEN: 'not-a-token-of-anybody' })],
    ['--var-file', file('vars', options.vars)],
    ['--input-file', file('inputs', options.inputs ?? {})],
    // act gives steps this variable from here only, and empty otherwise.
    ['--env-file', file('env', { RUNNER_TRACKING_ID: trackingId })],
  ].flat();
  const child = spawn('act', args, {
    cwd: caller,
    env: {
      // Steps get act's own environment, so this is what a runner's service would hand down.
      PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
      HOME: folder,
      LANG: 'C.UTF-8',
      ACT_DISABLE_VERSION_CHECK: '1',
      RUNNER_TRACKING_ID: trackingId,
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  const log = new ActLog(child.stdout, child.stderr);
  const dispose = async (): Promise<void> => {
    if (child.pid !== undefined && child.exitCode === null) {
      signalIfAlive(child.pid, 'SIGKILL');
    }
    // Steps have sessions of their own, so a signal to act's group would not reach them.
    await killAll(() => processesWithEnvironment(marker));
    rmSync(folder, { recursive: true, force: true });
  };
  return {
    log,
    marker,
    finish: async () => {
      const exitCode = await exited;
      await log.ended;
      rmSync(folder, { recursive: true, force: true });
      return { exitCode, marker, log };
    },
    dispose,
  };
}
