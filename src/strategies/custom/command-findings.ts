/** Asks a custom command what it finds wrong before anything happens, in `check` or `restore-check`. */
import { ActionError } from '../../errors.ts';
import type { Finding } from '../contract.ts';
import type { Answer } from './answer.ts';
import type { CustomCommand } from './custom-command.ts';
import type { Phase, PhaseCall } from './protocol.ts';
import { distrust } from './trusted-command.ts';

/** @returns its answer unless it cannot be run or failed; that is a finding, too */
export async function commandFindings(
  command: CustomCommand,
  phase: Extract<Phase, 'check' | 'restore-check'>,
  call: PhaseCall,
): Promise<{ readonly findings: readonly Finding[]; readonly answer?: Answer }> {
  const { slot, command: path } = command.settings;
  const subject = `${slot}-command`;
  const complaint = distrust(path);
  if (complaint !== undefined) {
    const message = `Input '${subject}' names ${path}, which ${complaint}.`;
    return { findings: [{ severity: 'error', subject, message }] };
  }
  try {
    const answer = await command.run(phase, call);
    return { findings: answer.findings.map((finding) => ({ ...finding, subject })), answer };
  } catch (error) {
    if (!(error instanceof ActionError)) {
      throw error;
    }
    const advice = error.advice === undefined ? '' : ` ${error.advice}`;
    return { findings: [{ severity: 'error', subject, message: `${error.message}${advice}` }] };
  }
}
