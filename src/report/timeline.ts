/**
 * The one timeline of a run. Every step is a span on it; the log, the summary, the outputs and the tests read their times
 * here and nowhere else, so that they cannot contradict each other.
 */

/** The first six are those of a backup; `check` to `place` those of a restore; a cancel checks and releases. */
export type Phase =
  | 'preflight'
  | 'prepare'
  | 'locked'
  | 'settle'
  | 'archive'
  | 'finish'
  | 'check'
  | 'unpack'
  | 'load'
  | 'place'
  | 'release';

export interface Span {
  readonly name: string;
  readonly phase: Phase;
  /** Milliseconds since the epoch. */
  readonly startMs: number;
  /** Milliseconds since the epoch; undefined while the step runs. */
  readonly endMs: number | undefined;
  readonly outcome: 'running' | 'ok' | 'failed';
}

/** `lock-requested`: the lock POST is about to be sent; `unlocked`: the unlock was answered. */
export type MarkName = 'lock-requested' | 'locked' | 'drained' | 'unlocked';

/** Milliseconds since the epoch of the moments that were reached. */
export type Marks = { readonly [name in MarkName]?: number };

export class Timeline {
  readonly startedAtMs: number;
  readonly #clock: () => number;
  readonly #clockStart: number;
  readonly #spans: Span[] = [];
  #marks: Marks = {};

  /**
   * @param clock a monotonic clock in milliseconds. The wall clock may be stepped while a backup runs, so it only says
   *   when the run began; all distances come from this clock.
   * @param startedAtMs where the run stands on the wall clock, in milliseconds since the epoch.
   */
  constructor(clock: () => number = () => performance.now(), startedAtMs: number = Date.now()) {
    this.#clock = clock;
    this.#clockStart = clock();
    this.startedAtMs = startedAtMs;
  }

  /** Runs the work as a span. What the work throws is thrown on, after the span is closed as failed. */
  async span<T>(phase: Phase, name: string, work: () => Promise<T>): Promise<T> {
    const begun: Span = { name, phase, startMs: this.nowMs(), endMs: undefined, outcome: 'running' };
    const index = this.#spans.push(begun) - 1;
    const close = (outcome: 'ok' | 'failed'): void => {
      this.#spans[index] = { ...begun, endMs: this.nowMs(), outcome };
    };
    try {
      const result = await work();
      close('ok');
      return result;
    } catch (error) {
      close('failed');
      throw error;
    }
  }

  /** The first time counts: an unlock that is confirmed twice ended the window once. */
  mark(name: MarkName): void {
    this.#marks = { [name]: this.nowMs(), ...this.#marks };
  }

  get spans(): readonly Span[] {
    return this.#spans;
  }

  get marks(): Marks {
    return this.#marks;
  }

  /** Now, in milliseconds since the epoch, unmoved by steps of the wall clock. */
  nowMs(): number {
    return this.startedAtMs + (this.#clock() - this.#clockStart);
  }

  /**
   * How long users were locked out, in milliseconds: from the lock POST, because Bitbucket may lock long before it
   * answers, to the answer of the unlock, or to now while the lock is held. Undefined when no lock was confirmed.
   */
  lockedMs(nowMs: number = this.nowMs()): number | undefined {
    const { locked, unlocked } = this.#marks;
    return locked === undefined ? undefined : (unlocked ?? nowMs) - (this.#marks['lock-requested'] ?? locked);
  }

  /** The part of the locked time that our copying takes, in milliseconds; undefined when Bitbucket never drained. */
  lockedAfterDrainMs(nowMs: number = this.nowMs()): number | undefined {
    const { drained, unlocked } = this.#marks;
    return drained === undefined ? undefined : (unlocked ?? nowMs) - drained;
  }

  /** Milliseconds since the run began. */
  totalMs(): number {
    return this.nowMs() - this.startedAtMs;
  }
}
