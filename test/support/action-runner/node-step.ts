/** One node process of an action, with its log. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { StepLog } from './workflow-commands.ts';
import type { SecretMasker } from './secret-masker.ts';

/** A child that holds the output keeps the runner for so long, in milliseconds; then the pipes are cut. */
const OUTPUT_GRACE_MS = 5_000;

/** Between SIGINT, SIGTERM and SIGKILL, in milliseconds (actions/runner, ProcessInvoker.cs). */
const CANCEL_STAIRS = [
  { signal: 'SIGINT', waitMs: 7_500 },
  { signal: 'SIGTERM', waitMs: 2_500 },
  { signal: 'SIGKILL', waitMs: 5_000 },
] as const;

export interface StepEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly endedAtMs: number;
}

export interface NodeStep {
  readonly process: ChildProcess;
  readonly pid: number;
  readonly log: StepLog;
  readonly startedAtMs: number;
  /** When the process has ended; its children may still hold its output. */
  readonly ended: Promise<StepEnd>;
  /** When the log is complete; the value says whether somebody held the output until it was cut. */
  readonly logged: Promise<{ outputWasHeld: boolean }>;
  /** What a cancelled workflow does; returns the signals that it took. Nobody but the node process gets one. */
  cancel(): Promise<NodeJS.Signals[]>;
}

export function startNodeStep(options: {
  readonly script: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly masker: SecretMasker;
}): NodeStep {
  const startedAtMs = Date.now();
  const child = spawn(process.execPath, [options.script], {
    cwd: options.cwd,
    env: { ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid, stdout, stderr } = child;
  if (pid === undefined) {
    throw new Error(`${process.execPath} did not start.`);
  }
  const log = new StepLog(options.masker);
  const outputs = [stdout, stderr];
  const read = Promise.all(outputs.map(async (stream) => await readLines(stream, log)));
  const ended = new Promise<StepEnd>((resolve) => {
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal, endedAtMs: Date.now() }));
  });
  return {
    process: child,
    pid,
    log,
    startedAtMs,
    ended,
    logged: drain(ended, read, outputs),
    cancel: async () => await cancel(child, ended),
  };
}

async function readLines(stream: Readable, log: StepLog): Promise<void> {
  const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  lines.on('line', (line) => log.take(line));
  await new Promise<void>((resolve) => {
    lines.once('close', resolve);
    stream.once('close', () => lines.close());
  });
}

async function drain(
  ended: Promise<StepEnd>,
  read: Promise<unknown>,
  outputs: readonly Readable[],
): Promise<{ outputWasHeld: boolean }> {
  await ended;
  const cut = new AbortController();
  const held = sleep(OUTPUT_GRACE_MS, true, { signal: cut.signal }).catch(() => false);
  const outputWasHeld = await Promise.race([read.then(() => false), held]);
  cut.abort();
  for (const stream of outputs) {
    stream.destroy();
  }
  await read;
  return { outputWasHeld };
}

async function cancel(child: ChildProcess, ended: Promise<StepEnd>): Promise<NodeJS.Signals[]> {
  const sent: NodeJS.Signals[] = [];
  for (const { signal, waitMs } of CANCEL_STAIRS) {
    if (child.exitCode !== null || child.signalCode !== null) {
      break;
    }
    child.kill(signal);
    sent.push(signal);
    const timer = new AbortController();
    await Promise.race([ended, sleep(waitMs, undefined, { signal: timer.signal }).catch(() => undefined)]);
    timer.abort();
  }
  await ended;
  return sent;
}
