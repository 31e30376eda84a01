/**
 * Every input, declared once. `action.yml` and the README's tables are made from this (`npm run docs`), the readers
 * read by these names, and a test holds the three together.
 */

import type { ActionName, InputDeclaration } from './declaration.ts';
import { instanceInputs } from './instance-inputs.ts';
import { partInputs } from './part-inputs.ts';

export type { ActionName, InputDeclaration } from './declaration.ts';

export const inputDeclarations: readonly InputDeclaration[] = [...instanceInputs, ...partInputs];

/** The inputs of one action, each as it is in that action. */
export function inputsOf(action: ActionName): readonly InputDeclaration[] {
  return inputDeclarations
    .filter((input) => input.actions.includes(action))
    .map((input) => ({ ...input, ...input.differs?.[action] }));
}
