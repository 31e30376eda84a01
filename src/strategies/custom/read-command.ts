/** The inputs of a custom command: `database-command` and its time limit; the home's are named alike. */
import type { InputReader } from '../../inputs/reader.ts';
import type { CommandSettings, CustomSlot } from './protocol.ts';

const MINUTE_MS = 60_000;
const LONGEST_MINUTES = 7 * 24 * 60;

/** @param more what this slot tells its command besides */
export function readCommand(
  inputs: InputReader,
  slot: CustomSlot,
  more: Pick<CommandSettings, 'variables' | 'secrets'>,
): CommandSettings {
  const minutes = inputs.integer(`${slot}-command-timeout-minutes`, { min: 1, max: LONGEST_MINUTES });
  return {
    slot,
    command: inputs.requiredPath(`${slot}-command`),
    limitMs: minutes * MINUTE_MS,
    // Its own reader complains about a wrong one.
    instanceName: inputs.written('instance-name'),
    ...more,
  };
}
