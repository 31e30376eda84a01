/** An input that belongs to another strategy is an error: it would be ignored, and somebody believes it is not. */
import { type ActionName, inputsOf } from './declarations.ts';
import { type InputReader, orList } from './reader.ts';

/** The input that chooses the strategy of each slot. */
const CHOOSING_INPUT = {
  home: 'home-strategy',
  database: 'database-strategy',
  search: 'elasticsearch-strategy',
  archive: 'archive-strategy',
} as const;

/** Undefined while nobody knows: then no input of that slot is foreign. */
export type ChosenStrategies = Readonly<Record<keyof typeof CHOOSING_INPUT, string | undefined>>;

/** An input left at its default says nothing, because the runner passes defaults as if they had been written. */
export function refuseForeignInputs(inputs: InputReader, action: ActionName, chosen: ChosenStrategies): void {
  const selected = new Set(Object.entries(chosen).map(([slot, strategy]) => `${slot}:${strategy}`));
  for (const declaration of inputsOf(action)) {
    const { name, strategies } = declaration;
    if (strategies === undefined || strategies.some((one) => selected.has(one) || isOfUnknown(one, chosen))) {
      continue;
    }
    const isSet = declaration.secret === true ? inputs.secret(name) !== undefined : inputs.isGiven(name);
    if (isSet) {
      inputs.problem(name, `belongs to ${owners(strategies)}; remove it, or choose that strategy.`);
    }
  }
}

function isOfUnknown(strategy: string, chosen: ChosenStrategies): boolean {
  return Object.entries(chosen).some(([slot, name]) => name === undefined && strategy.startsWith(`${slot}:`));
}

/** `database-strategy: mysql or mssql`; one input belongs to strategies of one slot. */
function owners(strategies: readonly string[]): string {
  const slot = strategies[0]?.split(':')[0] ?? '';
  const input = Object.entries(CHOOSING_INPUT).find(([known]) => known === slot)?.[1] ?? slot;
  return `${input}: ${orList(strategies.map((owner) => owner.split(':')[1] ?? ''))}`;
}
