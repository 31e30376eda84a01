/** Inputs that belong to another strategy than the one that `auto` has found. They would be ignored, and somebody believes they are not. */
import { inputsOf } from '../../inputs/declarations.ts';
import type { InputReader } from '../../inputs/reader.ts';
import type { Finding } from '../../strategies/contract.ts';

/** @param found says what made it this strategy */
export function foreignFindings(
  inputs: InputReader,
  strategy: string,
  found: string,
  action: 'backup' | 'restore' = 'backup',
): Finding[] {
  return inputsOf(action)
    .filter(({ strategies = [] }) => strategies.some((owner) => owner.startsWith('database:')))
    .filter(({ strategies = [] }) => !strategies.includes(`database:${strategy}`))
    .filter(({ name, secret }) =>
      secret === true ? inputs.secret(name) !== undefined : inputs.isGiven(name),
    )
    .map(({ name }) => ({
      severity: 'error',
      subject: name,
      message: `Input '${name}' does not belong to the strategy '${strategy}', which auto has chosen: ${found}; remove the input, or name the database-strategy.`,
    }));
}
