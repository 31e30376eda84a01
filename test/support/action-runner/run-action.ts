/**
 * Runs an action from its `action.yml` as GitHub's self-hosted runner does (facts: docs of actions/runner 2.336, and
 * experiments recorded by the project): inputs and files by environment, main, then post with the saved state; a
 * cancel that only the node process feels; masks, outputs, summary.
 */
import type { ChildProcess } from 'node:child_process';
import {
  type ActionMetadata,
  inputEnvironment,
  postCondition,
  readActionMetadata,
  undeclaredInputs,
} from './action-metadata.ts';
import { type CommandFiles, createCommandFiles, type FileContents } from './command-files.ts';
import { createJob, type Job } from './job.ts';
import { type NodeStep, startNodeStep, type StepEnd } from './node-step.ts';
import { descendantsOf, killAll, processesWithEnvironment, signalIfAlive } from './processes.ts';
import { SecretMasker } from './secret-masker.ts';
import type { Annotation } from './workflow-commands.ts';

export { descendantsOf, isRunning, processesWithEnvironment } from './processes.ts';
export type { Annotation, AnnotationLevel } from './workflow-commands.ts';

export interface ActionOptions {
  /** Holds `action.yml`. */
  readonly actionFolder: string;
  /** As in a workflow's `with:`. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Wins over everything that the runner sets. */
  readonly env?: Readonly<Record<string, string>>;
  /** The runner's `_work`; kept when given, otherwise temporary. */
  readonly workFolder?: string;
  /** Post gets the state but no INPUT_*: proof that it does not need them. */
  readonly withoutInputsInPost?: boolean;
  /** The runner service stopped: no post. */
  readonly skipPost?: boolean;
  /** After post, end what still carries the job's RUNNER_TRACKING_ID, as the runner does at the end of a job. */
  readonly reapOrphans?: boolean;
}

export interface ActionRun {
  readonly pid: number;
  readonly main: ChildProcess;
  /** `RUNNER_TRACKING_ID=<id>`: what every process of the job carries; for `processesWithEnvironment`. */
  readonly marker: string;
  /** Main's working folder, GITHUB_WORKSPACE. */
  readonly workspace: string;
  /** When main's process has ended. */
  readonly mainEnded: Promise<StepEnd>;
  /** Waits for main, runs post, cleans up. Idempotent: the first call decides about post. */
  finish(options?: { readonly skipPost?: boolean }): Promise<ActionResult>;
  /** Cancels like the runner: SIGINT, 7,500 ms, SIGTERM, 2,500 ms, SIGKILL, to node alone. Ends when main has ended. */
  cancel(): Promise<NodeJS.Signals[]>;
  /** SIGKILL to node alone, now; its children live on as orphans. `finish` still runs post. */
  kill(): void;
  /** SIGKILL to node and to everything it started, orphans included; ends when nothing of it is left. */
  killGroup(): Promise<void>;
  /** Every line of main's log from now on, as the log shows it. */
  onLine(callback: (line: string) => void): void;
  /** The first line of main's log that fits, past ones included. Rejects when main ends without it. */
  waitForLine(pattern: RegExp): Promise<string>;
  /** For a test's clean-up: kills all that is left and removes the temporary folder, without post. */
  dispose(): Promise<void>;
}

export interface ActionResult {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Undefined when post did not run. */
  readonly postExitCode: number | null | undefined;
  /** As the log shows it: commands turned to `##[error]...`, masked. */
  readonly log: readonly string[];
  readonly postLog: readonly string[];
  /** What both steps printed, commands and secrets as they were. */
  readonly rawLog: readonly string[];
  readonly outputs: Readonly<Record<string, string>>;
  /** What main saved, and what post found as STATE_*. */
  readonly state: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly postSummary: string;
  readonly annotations: readonly Annotation[];
  readonly postAnnotations: readonly Annotation[];
  /** A child held main's output for 5 s after its end. */
  readonly outputWasHeld: boolean;
  readonly startedAtMs: number;
  /** End of main, before post. */
  readonly endedAtMs: number;
}

export async function runAction(options: ActionOptions): Promise<ActionResult> {
  return await startAction(options).finish();
}

export function startAction(options: ActionOptions): ActionRun {
  const metadata = readActionMetadata(options.actionFolder);
  const job = createJob(options.workFolder);
  const masker = new SecretMasker();
  const inputs = inputEnvironment(metadata, options.inputs, job.env);
  const files = createCommandFiles(job.commandFolder, 'main');
  const step = startNodeStep({
    script: metadata.main,
    cwd: job.workspace,
    env: { ...job.env, ...files.env, ...inputs, ...options.env },
    masker,
  });
  const undeclared = undeclaredInputs(metadata, options.inputs);
  if (undeclared.length > 0) {
    step.log.annotate(
      'warning',
      `Unexpected input(s) ${undeclared.map((name) => `'${name}'`).join(', ')}, valid inputs are [${[...metadata.defaults.keys()].map((name) => `'${name}'`).join(', ')}]`,
    );
  }
  const marker = `RUNNER_TRACKING_ID=${options.env?.['RUNNER_TRACKING_ID'] ?? job.trackingId}`;
  const killGroup = async (): Promise<void> => {
    // Descendants first: a child whose environment was emptied is only found while its parents live.
    for (const pid of descendantsOf(step.pid)) {
      signalIfAlive(pid, 'SIGKILL');
    }
    await killAll(() => processesWithEnvironment(marker));
  };
  let cancelled = false;
  let result: Promise<ActionResult> | undefined;
  const conclude = async (skipPost: boolean): Promise<ActionResult> => {
    try {
      const main = await stepEnded(step, files, masker);
      const condition = { succeeded: main.end.exitCode === 0, cancelled };
      const post =
        skipPost || metadata.post === undefined || !postCondition(metadata.postIf, condition)
          ? undefined
          : await runPost({ job, metadata, options, inputs, masker, main: main.contents });
      if (options.reapOrphans === true) {
        await killAll(() => processesWithEnvironment(marker));
      }
      return assemble(step, main, post);
    } finally {
      job.remove();
    }
  };
  return {
    pid: step.pid,
    main: step.process,
    marker,
    workspace: job.workspace,
    mainEnded: step.ended,
    finish: async ({ skipPost = options.skipPost ?? false } = {}) => {
      result ??= conclude(skipPost);
      return await result;
    },
    cancel: async () => {
      cancelled = true;
      return await step.cancel();
    },
    kill: () => {
      step.process.kill('SIGKILL');
    },
    killGroup,
    onLine: (callback) => {
      step.log.onLine(callback);
    },
    waitForLine: async (pattern) => await waitForLine(step, pattern),
    dispose: async () => {
      await killGroup();
      job.remove();
    },
  };
}

interface FinishedStep {
  readonly end: StepEnd;
  readonly step: NodeStep;
  readonly contents: FileContents;
  readonly outputWasHeld: boolean;
}

/** Waits for a step and reads its files, masked where the runner masks. */
async function stepEnded(step: NodeStep, files: CommandFiles, masker: SecretMasker): Promise<FinishedStep> {
  const end = await step.ended;
  const { outputWasHeld } = await step.logged;
  const contents = files.read();
  for (const error of contents.errors) {
    step.log.annotate('error', error);
  }
  const outputs: Record<string, string> = {};
  for (const [name, value] of Object.entries(contents.outputs)) {
    if (masker.isTold(value)) {
      step.log.annotate('warning', `Skip output '${name}' since it may contain secret.`);
    } else {
      outputs[name] = value;
    }
  }
  return {
    end,
    step,
    outputWasHeld,
    contents: { ...contents, outputs, summary: masker.mask(contents.summary) },
  };
}

async function runPost(context: {
  readonly job: Job;
  readonly metadata: ActionMetadata;
  readonly options: ActionOptions;
  readonly inputs: Readonly<Record<string, string>>;
  readonly masker: SecretMasker;
  readonly main: FileContents;
}): Promise<FinishedStep> {
  const { job, metadata, options, inputs, masker, main } = context;
  const files = createCommandFiles(job.commandFolder, 'post');
  const state = Object.fromEntries(
    Object.entries(main.state).map(([name, value]) => [`STATE_${name}`, value]),
  );
  const step = startNodeStep({
    script: metadata.post ?? '',
    cwd: job.workspace,
    env: {
      ...job.env,
      ...main.environment,
      PATH: [...main.path.toReversed(), job.env['PATH'] ?? ''].join(':'),
      ...files.env,
      ...(options.withoutInputsInPost === true ? {} : inputs),
      ...options.env,
      ...state,
    },
    masker,
  });
  return await stepEnded(step, files, masker);
}

function assemble(step: NodeStep, main: FinishedStep, post: FinishedStep | undefined): ActionResult {
  return {
    exitCode: main.end.exitCode,
    signal: main.end.signal,
    postExitCode: post?.end.exitCode,
    log: step.log.lines,
    postLog: post?.step.log.lines ?? [],
    rawLog: [...step.log.rawLines, ...(post?.step.log.rawLines ?? [])],
    outputs: main.contents.outputs,
    state: main.contents.state,
    summary: main.contents.summary,
    postSummary: post?.contents.summary ?? '',
    annotations: step.log.annotations,
    postAnnotations: post?.step.log.annotations ?? [],
    outputWasHeld: main.outputWasHeld,
    startedAtMs: step.startedAtMs,
    endedAtMs: main.end.endedAtMs,
  };
}

async function waitForLine(step: NodeStep, pattern: RegExp): Promise<string> {
  const past = step.log.lines.find((line) => pattern.test(line));
  if (past !== undefined) {
    return past;
  }
  return await new Promise((resolve, reject) => {
    const stop = step.log.onLine((line) => {
      if (pattern.test(line)) {
        stop();
        resolve(line);
      }
    });
    void step.logged.then(() => {
      stop();
      return reject(
        new Error(
          `Main ended without a line like ${String(pattern)}:\n${step.log.lines.slice(-20).join('\n')}`,
        ),
      );
    });
  });
}
