import { runCancel } from '../pipeline/run-cancel.ts';
import { inRunner } from './in-runner.ts';

/** `runs.main` of the cancel action. */
export async function cancel(): Promise<void> {
  await inRunner(runCancel, {
    what: 'the cancel was stopped before its end; an unlock under way goes on',
    advice: 'Start it again: what was done already is found done.',
  });
}
