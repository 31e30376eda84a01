/**
 * The threads of a scan. On a local disk a few do what the processors can; where every call goes over a network many wait
 * at the same time.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { asError } from '../../errors.ts';
import type { Answer, Failure, Job, JobRunner, Outcome } from './thread-work.ts';

/** Each costs 10 to 13 MB. */
const MOST = 16;
const MOST_LOCAL = 4;

/** A call to a local file system with warm caches takes 5 to 10 us, and with all processors busy some times that. */
const LOCAL_MS = 0.06;

/** A local disk that is read for the first time or has much to do comes near it, a network rarely below. */
const FAR_MS = 0.1;

/** More threads by this much latency each. */
const PER_THREAD_MS = 0.015;

/** Answers that the latency is taken from. */
const RECENT = 9;

/** V8's heaps are small here: what is remembered lies outside of them or is handed on at once. */
const RESOURCES = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 512 };

/** What became of a job. */
type Finish = (outcome: Outcome | Failure) => void;

interface Thread {
  readonly worker: Worker;
  /** Undefined while it has nothing to do. */
  finish: Finish | undefined;
}

export class Threads implements JobRunner {
  readonly #program: string;
  readonly #idle = new Set<Thread>();
  readonly #all = new Set<Thread>();
  readonly #latencies: number[] = [];

  /** @param program starts `runScanThread` when it is run as a thread */
  constructor(program: string) {
    this.#program = program;
  }

  /** Does each call go over a network, by the time it takes? */
  get isFar(): boolean {
    return this.#latencyMs() >= FAR_MS;
  }

  get count(): number {
    return this.#all.size;
  }

  async work(next: () => Job | undefined, take: (outcome: Outcome) => void): Promise<void> {
    const done = Promise.withResolvers<void>();
    let busy = 0;
    let failure: Error | undefined;
    const dispatch = (): void => {
      for (;;) {
        const job = failure === undefined && this.#hasRoom() ? next() : undefined;
        if (job === undefined) {
          break;
        }
        busy += 1;
        this.#start(job, finish);
      }
      if (busy === 0) {
        if (failure === undefined) {
          done.resolve();
        } else {
          done.reject(failure);
        }
      }
    };
    const finish: Finish = (outcome) => {
      busy -= 1;
      if (outcome.what === 'failed') {
        failure ??= new Error(outcome.message);
      } else if (failure === undefined) {
        failure = failureOf(() => take(outcome));
      }
      dispatch();
    };
    dispatch();
    await done.promise;
  }

  #hasRoom(): boolean {
    return this.#idle.size > 0 || this.#all.size < this.#wanted();
  }

  #start(job: Job, finish: Finish): void {
    const [idle] = this.#idle;
    const thread = idle ?? this.#newThread();
    this.#idle.delete(thread);
    thread.finish = finish;
    thread.worker.postMessage(job, []);
  }

  #newThread(): Thread {
    const worker = new Worker(this.#program, { resourceLimits: RESOURCES });
    const thread: Thread = { worker, finish: undefined };
    worker.on('message', ({ outcome, latencyMs }: Answer) => {
      this.#idle.add(thread);
      this.#note(latencyMs);
      endJob(thread, outcome);
    });
    // Without it jobs would wait for one that is dead, or for room that it does not take.
    const forget = (message: string): void => {
      this.#all.delete(thread);
      this.#idle.delete(thread);
      endJob(thread, { what: 'failed', message });
    };
    worker.on('error', (error) => forget(asError(error).message));
    worker.on('exit', (code) => forget(`a thread of the scan ended with ${code}`));
    this.#all.add(thread);
    return thread;
  }

  #note(latencyMs: number): void {
    this.#latencies.push(latencyMs);
    if (this.#latencies.length > RECENT) {
      this.#latencies.shift();
    }
  }

  #wanted(): number {
    return threadsFor(this.#latencyMs(), availableParallelism());
  }

  #latencyMs(): number {
    const sorted = [...this.#latencies].sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  }
}

/** @param latencyMs of a call to the file system */
export function threadsFor(latencyMs: number, processors: number): number {
  if (latencyMs < LOCAL_MS) {
    return Math.min(processors, MOST_LOCAL);
  }
  return Math.min(MOST, Math.max(processors, Math.ceil(latencyMs / PER_THREAD_MS)));
}

function endJob(thread: Thread, outcome: Outcome | Failure): void {
  const { finish } = thread;
  thread.finish = undefined;
  finish?.(outcome);
}

function failureOf(work: () => void): Error | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return asError(error);
  }
}
