/** What the database's command is told of the database: each input that is given, under a name of its own. */
import type { InputReader } from '../../inputs/reader.ts';
import type { CommandSettings } from '../../strategies/custom/protocol.ts';
import { readCommand } from '../../strategies/custom/read-command.ts';

export function readCustomSettings(inputs: InputReader): CommandSettings {
  const port = inputs.optionalInteger('database-port', { min: 1, max: 65_535 });
  const password = inputs.secret('database-password');
  const given = {
    BITBUCKET_BACKUP_DATABASE_HOST: inputs.optionalText('database-host'),
    BITBUCKET_BACKUP_DATABASE_PORT: port === undefined ? undefined : String(port),
    BITBUCKET_BACKUP_DATABASE_NAME: inputs.optionalText('database-name'),
    BITBUCKET_BACKUP_DATABASE_USERNAME: inputs.optionalText('database-username'),
    BITBUCKET_BACKUP_DATABASE_PASSWORD: password,
  };
  return readCommand(inputs, 'database', {
    variables: onlyGiven(given),
    secrets: password === undefined ? [] : [password],
  });
}

function onlyGiven(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) {
      given[name] = value;
    }
  }
  return given;
}

/** For messages and the journal: `'bitbucket' at db.example.com:5432`, as far as it was told. */
export function databaseOf({ variables, command }: CommandSettings): {
  readonly name: string;
  readonly server: string;
} {
  const host = variables['BITBUCKET_BACKUP_DATABASE_HOST'] ?? '';
  const port = variables['BITBUCKET_BACKUP_DATABASE_PORT'];
  const address = port === undefined ? host : `${host}:${port}`;
  return {
    name: variables['BITBUCKET_BACKUP_DATABASE_NAME'] ?? 'unnamed',
    server: address === '' ? command : `${address}, by ${command}`,
  };
}
