/** Reads what several actions are told in the same words. */
import type { InputReader } from '../inputs/reader.ts';

const INSTANCE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export function readInstanceName(inputs: InputReader): string {
  const name = inputs.requiredText('instance-name');
  if (name !== '' && !INSTANCE_NAME.test(name)) {
    inputs.problem(
      'instance-name',
      `is '${name}'; use up to 64 letters, digits, dots, dashes and underscores, a letter or digit first.`,
    );
  }
  return name;
}

/** The names in a registry, as `InputReader.choice` takes them. */
export function keysOf<K extends string>(registry: Readonly<Record<K, unknown>>): [K, ...K[]] {
  const keys: K[] = [];
  for (const key in registry) {
    keys.push(key);
  }
  const [first, ...rest] = keys;
  if (first === undefined) {
    throw new TypeError('A registry of strategies is empty.');
  }
  return [first, ...rest];
}
