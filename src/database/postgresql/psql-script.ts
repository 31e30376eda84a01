/** Statements by psql, one after the other, until the first that fails. */
import { type Connection, runClient } from './connection.ts';

export interface ScriptOptions {
  /** `:'name'` in the script is the value, quoted by psql. They show in `ps`: no secrets. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly deadlineMs?: number;
}

const DEADLINE_MS = 90_000;

/** For statements on standard input: rows as lines and nothing else, and an end at the first failure. */
export function psqlArguments(variables: Readonly<Record<string, string>>): string[] {
  return [
    '--no-psqlrc',
    '--quiet',
    '--no-align',
    '--tuples-only',
    '--set=ON_ERROR_STOP=1',
    '--set=VERBOSITY=verbose',
    ...Object.entries(variables).map(([name, value]) => `--set=${name}=${value}`),
  ];
}

/**
 * @returns what it printed, rows as lines
 * @throws CommandError with psql's words: exit code 2 when it could not connect, 3 when a statement failed
 */
export async function runScript(
  connection: Connection,
  psql: string,
  script: string,
  options: ScriptOptions = {},
): Promise<string> {
  const { variables = {}, signal, deadlineMs = DEADLINE_MS } = options;
  const answer = await runClient(connection, {
    program: psql,
    args: psqlArguments(variables),
    // Names in another encoding would not be those that are in the catalog.
    clientEncoding: 'UTF8',
    options: { input: script, deadlineMs, ...(signal === undefined ? {} : { signal }) },
  });
  return answer.stdout;
}
