/** Brings what is told of a run to where people look: the last log line, the annotations, the outputs, the job summary. */
import { asError, type Problem } from '../errors.ts';
import { appendSummary, setOutput } from '../host/actions.ts';
import type { Log } from '../host/log.ts';
import type { ActionName } from '../inputs/declarations.ts';
import { type OutputName, outputsOf } from '../inputs/outputs.ts';

/** Cleaned of secrets already. */
export interface Told {
  readonly succeeded: boolean;
  /** Each becomes an annotation of its own. */
  readonly problems: readonly Problem[];
  /** The last line of the log: the whole outcome. */
  readonly line: string;
  /** Markdown. */
  readonly summary: string;
}

export async function publish(told: Told, log: Log): Promise<void> {
  for (const problem of told.problems) {
    log.error(problem.message);
  }
  if (told.succeeded) {
    log.info(told.line);
  } else {
    log.error(told.line);
  }
  try {
    await appendSummary(told.summary);
  } catch (error) {
    log.warning(`The job summary could not be written: ${asError(error).message}`);
  }
}

/** Sets every output of the action, empty where there is no value, so that no workflow reads one of an earlier step. */
export function publishOutputs(
  action: ActionName,
  values: { readonly [name in OutputName]?: string | undefined },
): void {
  const given = new Map<string, string | undefined>(Object.entries(values));
  for (const { name } of outputsOf(action)) {
    setOutput(name, given.get(name) ?? '');
  }
}

/** As outputs tell times: `12.345`. */
export function seconds(ms: number): string {
  return (ms / 1_000).toFixed(3);
}
