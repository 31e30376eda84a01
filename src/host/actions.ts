/** The runner: inputs, outputs, masks, annotations, the job summary. */
import * as core from '@actions/core';
import type { LogSink } from './log.ts';

/** The raw value as the workflow wrote it, without trimming: strictness is the reader's business. */
export function rawInput(name: string, env: NodeJS.ProcessEnv = process.env): string {
  return env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? '';
}

/** The names of all inputs that the runner passed, as they appear in the environment (upper case). */
export function givenInputNames(env: NodeJS.ProcessEnv = process.env): string[] {
  return Object.keys(env)
    .filter((name) => name.startsWith('INPUT_'))
    .map((name) => name.slice('INPUT_'.length));
}

export function maskInRunner(secret: string): void {
  if (process.env['GITHUB_ACTIONS'] === 'true') {
    core.setSecret(secret);
  }
}

/** Without GITHUB_OUTPUT (a local run) the value is printed, so that nothing is lost. */
export function setOutput(name: string, value: string): void {
  if (process.env['GITHUB_OUTPUT']) {
    core.setOutput(name, value);
  } else {
    core.info(`output ${name}=${value.replaceAll('\n', ' ')}`);
  }
}

export function saveState(name: string, value: string): void {
  if (process.env['GITHUB_STATE']) {
    core.saveState(name, value);
  }
}

export function getState(name: string): string {
  return core.getState(name);
}

/** Appends to the job summary; returns false where there is none. */
export async function appendSummary(markdown: string): Promise<boolean> {
  if (!process.env['GITHUB_STEP_SUMMARY']) {
    return false;
  }
  await core.summary.addRaw(markdown, true).write();
  return true;
}

/** The runner's log commands, as the sink of our log. */
export const runnerSink: LogSink = {
  debug: (line) => core.debug(line),
  info: (line) => core.info(line),
  notice: (line) => core.notice(line),
  warning: (line) => core.warning(line),
  error: (line) => core.error(line),
  startGroup: (title) => core.startGroup(title),
  endGroup: () => core.endGroup(),
};

/** Folder for files that end with the job; the machine's own one outside a runner. */
export function temporaryFolder(fallback: string): string {
  return process.env['RUNNER_TEMP'] || fallback;
}
