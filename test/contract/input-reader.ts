/** Inputs as the workflow gives them, from a plain object. */
import { InputReader } from '../../src/inputs/reader.ts';

export function createInputReader(inputs: Readonly<Record<string, string>>): InputReader {
  return new InputReader({ raw: (name) => inputs[name] ?? '', mask: () => undefined });
}
