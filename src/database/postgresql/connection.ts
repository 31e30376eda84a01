/** Runs PostgreSQL's clients against the one database of this backup. */
import type { CommandOptions, CommandResult, CommandRunner } from '../../host/command.ts';
import { type ConnectionInputs, conninfo, libpqEnvironment } from './libpq.ts';
import { withPasswordFile } from './password-file.ts';

export interface Connection {
  readonly commands: CommandRunner;
  readonly inputs: ConnectionInputs;
  /** What administrators see in pg_stat_activity, such as `bitbucket-backup 20260731-101500-000`. */
  readonly applicationName: string;
}

export interface ClientRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly options?: CommandOptions;
  /** As in `server_version_num`, once it is known. */
  readonly serverVersion?: number;
  /** Left out for pg_dump, whose dump keeps the encoding of the database. */
  readonly clientEncoding?: string;
}

/** Runs a client with the connection put before its arguments. It never asks for a password. */
export async function runClient(connection: Connection, run: ClientRun): Promise<CommandResult> {
  const { inputs } = connection;
  const start = async (passwordFile?: string): Promise<CommandResult> => {
    const target = conninfo(inputs, {
      applicationName: connection.applicationName,
      ...(run.clientEncoding === undefined ? {} : { clientEncoding: run.clientEncoding }),
      ...(passwordFile === undefined ? {} : { passwordFile }),
    });
    const env = libpqEnvironment(inputs, run.serverVersion);
    if (passwordFile !== undefined) {
      delete env['PGPASSWORD'];
    }
    const args = [`--dbname=${target}`, '--no-password', ...run.args];
    return await connection.commands.run(run.program, args, { ...run.options, env });
  };
  return inputs.password !== undefined && process.env['PGSERVICE']
    ? await withPasswordFile(inputs.password, start)
    : await start();
}

/**
 * Runs clients with the connection put before their arguments, for what wants a runner: a session that is kept open. A
 * password file lives as long as the client does.
 */
export function clientRunner(
  connection: Connection,
  shape: Pick<ClientRun, 'serverVersion' | 'clientEncoding'>,
): CommandRunner {
  return {
    run: async (program, args, options = {}) =>
      await runClient(connection, { ...shape, program, args, options }),
  };
}
