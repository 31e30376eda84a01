/**
 * A vitest reporter that writes how many tests passed, failed and were skipped. vitest's own JSON report has neither the
 * reason of a skip nor the errors outside of tests, and both decide here whether the run was good.
 */
import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Of the skipped ones, those that could not run because a package registry did not answer. */
  readonly excused: number;
}

/** What a test says in `context.skip(reason)` when its download failed. */
const EXCUSE = /registry did not answer/i;

export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], outside: readonly SerializedError[]): void {
    const results = modules.flatMap((module) => [...module.children.allTests()]).map((test) => test.result());
    const skipped = results.filter((result) => result.state === 'skipped');
    // A file that does not load, a hook of a suite that throws, an unhandled rejection: none of them is a test.
    const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
    const errors = suites.flatMap((suite) => suite.errors()).length + outside.length;
    const tally: Tally = {
      passed: results.filter((result) => result.state === 'passed').length,
      failed: results.filter((result) => result.state === 'failed').length + errors,
      // Still pending at the end means that the worker died under it.
      skipped: skipped.length + results.filter((result) => result.state === 'pending').length,
      excused: skipped.filter((result) => EXCUSE.test(result.note ?? '')).length,
    };
    const file = process.env['TALLY_FILE'];
    if (file !== undefined) {
      writeFileSync(file, [tally.passed, tally.failed, tally.skipped, tally.excused].join(' '));
    }
  }
}

/** Reads what the reporter wrote; vitest that ended before it could write counts as one failure. */
export function readTally(text: string): Tally {
  const [passed, failed, skipped, excused] = text.split(' ').map(Number);
  return passed === undefined || failed === undefined || skipped === undefined || excused === undefined
    ? { passed: 0, failed: 1, skipped: 0, excused: 0 }
    : { passed, failed, skipped, excused };
}
