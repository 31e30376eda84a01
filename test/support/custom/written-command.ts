/** A custom command of a test's own: a script, and the settings that name it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandSettings } from '../../../src/strategies/custom/protocol.ts';

/**
 * @param body of a bash script; what every phase of it is given is appended to `calls` beside it
 * @returns settings of a database
 */
export function writtenCommand(
  folder: string,
  body: string,
  changes: Partial<CommandSettings> = {},
): CommandSettings {
  const command = join(folder, 'command.sh');
  const head = `#!/usr/bin/env bash\nset -euo pipefail\necho "$1" >>'${folder}/calls'\n`;
  writeFileSync(command, `${head}${body}\n`, { mode: 0o755 });
  return {
    slot: 'database',
    command,
    limitMs: 20_000,
    instanceName: 'bitbucket',
    variables: {},
    secrets: [],
    ...changes,
  };
}

/** Does what is asked of a phase and nothing wrong. */
export const WELL_DONE = `
case "$1" in
  settle) echo rows >"$BITBUCKET_BACKUP_FOLDER/dump" ;;
esac
echo '{}'`;

/** Everything is right but one phase. */
export function wrongIn(phase: string, what: string): string {
  return `if [[ "$1" == ${phase} ]]; then\n${what}\nfi\n${WELL_DONE}`;
}
