/** What an administrator needs after a failure: the reason, what was undone, what to do next. */
import { bulletList, code, plain, table } from './markdown.ts';
import type { FailureReport, RunReport } from './run-report.ts';
import { nextSteps } from './states.ts';

/** Problems of one run; more are counted. */
const MOST_PROBLEMS = 100;

export function renderFailure(report: RunReport): string | undefined {
  return renderFailureOf(report.failure, nextSteps(report));
}

/** @param steps what to do next, most urgent first */
export function renderFailureOf(
  failure: FailureReport | undefined,
  steps: readonly string[],
): string | undefined {
  if (failure === undefined) {
    return undefined;
  }
  return [
    reason(failure),
    ...(steps.length === 0 ? [] : [`**What to do next**\n\n${bulletList(steps)}`]),
    ...undoing(failure),
  ].join('\n\n');
}

function reason(failure: FailureReport): string {
  const step = failure.failedStep === undefined ? '' : ` in step ${code(failure.failedStep)}`;
  const { problems = [] } = failure;
  if (problems.length > 0) {
    return `${code(failure.code)}${step}: each of these has to be put right.\n\n${problemTable(problems)}`;
  }
  const [outermost = 'No reason was given.', ...causes] = failure.messages;
  const because = causes.length === 0 ? '' : `\n\nBecause:\n\n${bulletList(causes)}`;
  return `${code(failure.code)}${step}: **${plain(outermost)}**${because}`;
}

function problemTable(problems: NonNullable<FailureReport['problems']>): string {
  const shown = problems.slice(0, MOST_PROBLEMS);
  const rows = shown.map(({ subject, message }) => [code(subject), plain(message)]);
  const left = problems.length - shown.length;
  return table(['About', 'Problem and cure'], left > 0 ? [...rows, ['', `and ${left} more`]] : rows);
}

function undoing({ undone, undoFailures }: FailureReport): string[] {
  return [
    ...(undone.length === 0 ? [] : [`**Undone**\n\n${bulletList(undone)}`]),
    ...(undoFailures.length === 0
      ? []
      : [`**Could not be undone: look after it by hand**\n\n${bulletList(undoFailures)}`]),
  ];
}
