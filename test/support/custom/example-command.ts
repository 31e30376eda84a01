/** The example of a custom command, as the inputs would name it. */
import { join } from 'node:path';
import type { CommandSettings } from '../../../src/strategies/custom/protocol.ts';

export const EXAMPLE_COMMAND = join(
  import.meta.dirname,
  '..',
  '..',
  '..',
  'examples/custom-database/postgresql.sh',
);

export interface Login {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
}

export function exampleSettings(
  { host, port, username, password }: Login,
  database: string,
): CommandSettings {
  return {
    slot: 'database',
    command: EXAMPLE_COMMAND,
    limitMs: 60_000,
    instanceName: 'bitbucket',
    variables: {
      BITBUCKET_BACKUP_DATABASE_HOST: host,
      BITBUCKET_BACKUP_DATABASE_PORT: String(port),
      BITBUCKET_BACKUP_DATABASE_NAME: database,
      BITBUCKET_BACKUP_DATABASE_USERNAME: username,
      BITBUCKET_BACKUP_DATABASE_PASSWORD: password,
    },
    secrets: [password],
  };
}
