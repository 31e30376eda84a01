/** What something failed with, as the type that the action tells its failures in; anything else fails the test. */
import { ActionError, asError, messageChain } from '../../src/errors.ts';

export async function failureOf(work: Promise<unknown>): Promise<ActionError> {
  try {
    await work;
  } catch (error) {
    return asActionError(error);
  }
  throw new Error('It did not fail.');
}

export function failureIn(work: () => unknown): ActionError {
  try {
    work();
  } catch (error) {
    return asActionError(error);
  }
  throw new Error('It did not fail.');
}

/** Everything that could be printed of an error: messages, advice, stack, and its fields. */
export function everythingOf(error: Error): string {
  const chain: string[] = messageChain(error);
  for (let current: unknown = error; current !== undefined; current = asError(current).cause) {
    chain.push(asError(current).stack ?? '', JSON.stringify(current));
  }
  return chain.join('\n');
}

function asActionError(error: unknown): ActionError {
  if (error instanceof ActionError) {
    return error;
  }
  throw error;
}
