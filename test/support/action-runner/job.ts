/** One job on a self-hosted runner: its folders and the environment that every step gets. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { arch, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

export interface Job {
  readonly workFolder: string;
  readonly workspace: string;
  readonly trackingId: string;
  /** Folder of the command files. */
  readonly commandFolder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Removes the work folder unless the caller gave it. */
  remove(): void;
}

/** What the runner's own service hands down; a test runner's NODE_OPTIONS, VITEST or PG* are none of it. */
const INHERITED = ['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'TZ', 'TMPDIR'];

export function createJob(givenWorkFolder: string | undefined): Job {
  const workFolder = givenWorkFolder ?? mkdtempSync(join(tmpdir(), 'runner-work-'));
  const workspace = join(workFolder, 'backup', 'backup');
  const temp = join(workFolder, '_temp');
  const toolCache = join(workFolder, '_tool');
  const commandFolder = join(temp, '_runner_file_commands');
  for (const folder of [workspace, toolCache, commandFolder]) {
    mkdirSync(folder, { recursive: true });
  }
  const eventPath = join(temp, 'event.json');
  writeFileSync(eventPath, JSON.stringify({ schedule: '0 2 * * *' }));
  const trackingId = `github_${randomUUID()}`;
  return {
    workFolder,
    workspace,
    trackingId,
    commandFolder,
    env: {
      ...inheritedEnvironment(),
      ...GITHUB_ENVIRONMENT,
      GITHUB_EVENT_PATH: eventPath,
      GITHUB_RUN_ID: String(1_000_000 + Math.trunc(Math.random() * 1e9)),
      GITHUB_WORKSPACE: workspace,
      RUNNER_ARCH: arch() === 'arm64' ? 'ARM64' : 'X64',
      RUNNER_TEMP: temp,
      RUNNER_TOOL_CACHE: toolCache,
      RUNNER_TRACKING_ID: trackingId,
      RUNNER_WORKSPACE: join(workFolder, 'backup'),
    },
    remove: () => {
      if (givenWorkFolder === undefined) {
        rmSync(workFolder, { recursive: true, force: true });
      }
    },
  };
}

const GITHUB_ENVIRONMENT = {
  CI: 'true',
  GITHUB_ACTION: '__self',
  GITHUB_ACTIONS: 'true',
  GITHUB_ACTOR: 'octocat',
  GITHUB_API_URL: 'https://api.github.com',
  GITHUB_EVENT_NAME: 'schedule',
  GITHUB_GRAPHQL_URL: 'https://api.github.com/graphql',
  GITHUB_JOB: 'backup',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_REF_NAME: 'main',
  GITHUB_REPOSITORY: 'octocat/backup',
  GITHUB_REPOSITORY_OWNER: 'octocat',
  GITHUB_RETENTION_DAYS: '90',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_RUN_NUMBER: '7',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
  GITHUB_WORKFLOW: 'Backup',
  RUNNER_ENVIRONMENT: 'self-hosted',
  RUNNER_NAME: 'test-runner',
  RUNNER_OS: 'Linux',
};

function inheritedEnvironment(): Record<string, string> {
  const inherited: Record<string, string> = { HOME: userInfo().homedir };
  for (const name of INHERITED) {
    const value = process.env[name];
    if (value !== undefined) {
      inherited[name] = value;
    }
  }
  return inherited;
}
