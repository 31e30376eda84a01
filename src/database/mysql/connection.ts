/** Runs MySQL's and MariaDB's clients against the server of this run. */
import type { CommandOptions, CommandResult, CommandRunner } from '../../host/command.ts';
import { type ConnectionInputs, withOptionsFile } from './options-file.ts';

export interface Connection {
  readonly commands: CommandRunner;
  readonly inputs: ConnectionInputs;
}

/**
 * Runs a client with the connection put before its arguments; the option file must be the first of them. Of all option
 * files only that one is read: what somebody has set for the dumps of his own (`force`, `ignore-table` ...) must not leave
 * anything out of this one.
 */
export async function runClient(
  { commands, inputs }: Connection,
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  return await withOptionsFile(
    inputs,
    async (file) => await commands.run(program, [`--defaults-file=${file}`, ...args], options),
  );
}

/** For what wants a runner: a session that is kept open. The option file lives as long as the client does. */
export function clientRunner(connection: Connection): CommandRunner {
  return {
    run: async (program, args, options) => await runClient(connection, program, args, options),
  };
}
