/** The inputs of an action, as the runner passed them. */
import { givenInputNames, rawInput } from '../host/actions.ts';
import { type ActionName, inputsOf } from '../inputs/declarations.ts';
import { nearest } from '../inputs/nearest.ts';
import { InputReader } from '../inputs/reader.ts';
import type { RunEnvironment } from './backup-run.ts';

/** Warns of inputs that the action does not have: the runner only does so in a line that nobody reads. */
export function openInputs({ log, redactor }: RunEnvironment, action: ActionName): InputReader {
  const known = inputsOf(action).map(({ name }) => name);
  for (const name of givenInputNames().map((given) => given.toLowerCase())) {
    if (!known.includes(name)) {
      const hint = nearest(name, known);
      log.warning(
        `Input '${name}' is unknown and ignored${hint === undefined ? '' : `; did you mean ${hint}?`}.`,
      );
    }
  }
  return new InputReader({ raw: (name) => rawInput(name), mask: (secret) => redactor.add(secret) });
}
