/** Runs a script of T-SQL by sqlcmd and reads what it answers. */
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ActionError } from '../../errors.ts';
import { CommandError } from '../../host/command-error.ts';
import { printable } from '../../host/log.ts';
import { withPrivateFolder } from '../../host/private-folder.ts';
import { type Connection, sqlcmdArguments, sqlcmdEnvironment } from './connection.ts';
import type { ResultRow } from './result-row.ts';
import { parseOutput, SEPARATOR, type ServerMessage } from './sqlcmd-output.ts';

export interface SqlRun {
  readonly signal?: AbortSignal;
  /** Unset: a backup or restore may take hours. */
  readonly deadlineMs?: number;
  /** Takes what the server says besides rows, line by line, such as `10 percent processed.` */
  readonly onMessage?: (line: string) => void;
}

/** The server refused a statement, or sqlcmd could not reach it. */
export class SqlError extends ActionError {
  override readonly name = 'SqlError';
  /** The server's own; empty when it was not reached, because a failed login carries no number in sqlcmd's output. */
  readonly messages: readonly ServerMessage[];
  /** Everything that was said, in one line. */
  readonly said: string;

  constructor(messages: readonly ServerMessage[], said: string, cause: unknown) {
    super('DB_FAILED', `sqlcmd failed: ${said}.`, { cause });
    this.messages = messages;
    this.said = said;
  }

  has(...numbers: readonly number[]): boolean {
    return this.messages.some(({ number }) => numbers.includes(number));
  }
}

const SCRIPT = 'script.sql';

/**
 * The script goes by a file of mode 0600 and never by an argument; its folder is sqlcmd's working folder, because sqlcmd takes
 * a comma in a path for the end of it. UTF-8: both sqlcmds read it so under the locale that our children have.
 *
 * The last thing that a script does is to print a word that only this call knows. The new sqlcmd ends with 0 on SIGTERM
 * (its `SetupCloseHandler`), so that its exit code alone is no proof.
 *
 * @returns the result sets, the last one left out
 * @throws SqlError; CommandError when sqlcmd was killed or took too long; what the signal was aborted with
 */
export async function runSql(
  connection: Connection,
  script: string,
  { onMessage, ...run }: SqlRun = {},
): Promise<readonly (readonly ResultRow[])[]> {
  const word = randomUUID();
  return await withPrivateFolder(async (folder) => {
    const text = `SET NOCOUNT ON;\n${script}\nSELECT N'${word}' AS word, N'' AS done;\n`;
    await writeFile(join(folder, SCRIPT), text, { mode: 0o600, flag: 'wx' });
    const lines: string[] = [];
    const say = (line: string): void => {
      lines.push(line);
      if (onMessage !== undefined && line !== '' && !line.includes(SEPARATOR)) {
        onMessage(line);
      }
    };
    const { stderr } = await startSqlcmd(connection, { ...run, cwd: folder, onLine: say }, lines);
    const { results, errors } = parseOutput(lines);
    const last = results.at(-1)?.at(-1);
    if (errors.length > 0 || last?.text('word') !== word) {
      throw new SqlError(
        errors,
        saidIn([...lines, ...stderr], errors) || 'it ended before its script did',
        undefined,
      );
    }
    return results.slice(0, -1);
  });
}

async function startSqlcmd(
  connection: Connection,
  options: SqlRun & { readonly cwd: string; readonly onLine: (line: string) => void },
  lines: readonly string[],
): Promise<{ readonly stderr: readonly string[] }> {
  const { commands, inputs, sqlcmd } = connection;
  try {
    return await commands.run(sqlcmd, sqlcmdArguments(connection, SCRIPT), {
      ...options,
      env: sqlcmdEnvironment(inputs),
    });
  } catch (error) {
    if (error instanceof CommandError && error.code === 'COMMAND_FAILED') {
      const { errors } = parseOutput(lines);
      throw new SqlError(errors, saidIn([...lines, ...error.stderr], errors), error);
    }
    throw error;
  }
}

const NOTHING_NEW = /^Msg \d+, |percent processed\.$|^Processed \d+ pages|^Changed database context/;

/** `BACKUP DATABASE is terminating abnormally`, which comes after every reason. */
const TERMINATING = 3013;

/** The server's own reasons; without one the last lines that are neither rows nor progress. */
function saidIn(lines: readonly string[], errors: readonly ServerMessage[]): string {
  const reasons = errors
    .filter(({ number }) => number !== TERMINATING)
    .map(({ text }) => printable(text).trim());
  const said = lines
    .filter((line) => !line.includes(SEPARATOR))
    .map((line) => printable(line).trim())
    .filter((line) => line !== '' && !NOTHING_NEW.test(line))
    .slice(-MOST_LINES);
  return (reasons.length > 0 ? reasons.slice(0, MOST_LINES) : said).join(' ').replace(/\.+$/, '');
}

const MOST_LINES = 4;
