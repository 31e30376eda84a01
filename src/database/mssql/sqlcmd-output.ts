/**
 * What sqlcmd prints, read back: result sets with their column names, and the server's messages. Rows and messages come on
 * the same stream, because the new sqlcmd leaves out a message's number when it is told to print it on the other (`-r`; its
 * `PrintError`), and the number is what we know an error by.
 */
import { ResultRow } from './result-row.ts';

/** Between columns (`-s`): no name has it, and a line without it is a message. */
export const SEPARATOR = '\x1f';

export interface ServerMessage {
  readonly number: number;
  /** 11 and above are errors. */
  readonly level: number;
  readonly text: string;
}

export interface SqlOutput {
  readonly results: readonly (readonly ResultRow[])[];
  readonly errors: readonly ServerMessage[];
}

/** Both sqlcmds print it so: `Msg 3201, Level 16, State 1, Server db, Line 1`, and the text in the next line. */
const MESSAGE = /^Msg (\d+), Level (\d+), State \d+, Server .*, Line \d+$/;

/** Below the column names. */
const RULE = new RegExp(`^-+(?:${SEPARATOR}-+)+$`);

const FIRST_ERROR_LEVEL = 11;

/** Every statement that is read has two columns or more. @throws TypeError for rows that are no rows */
export function parseOutput(lines: readonly string[]): SqlOutput {
  const results: ResultRow[][] = [];
  const errors: ServerMessage[] = [];
  let columns: readonly string[] = [];
  let rows: ResultRow[] | undefined;
  let pending = '';
  for (const [index, line] of lines.entries()) {
    const message = pending === '' ? MESSAGE.exec(line) : null;
    if (message !== null) {
      const [, number, level] = message.map(Number);
      if ((level ?? 0) >= FIRST_ERROR_LEVEL) {
        errors.push({ number: number ?? 0, level: level ?? 0, text: lines[index + 1] ?? '' });
      }
    } else if (RULE.test(lines[index + 1] ?? '')) {
      columns = line.split(SEPARATOR);
      rows = [];
      results.push(rows);
      pending = '';
    } else if (!RULE.test(line) && (pending !== '' || line.includes(SEPARATOR))) {
      // A value with a line break in it goes on in the next line.
      const whole = pending === '' ? line : `${pending}\n${line}`;
      const values = whole.split(SEPARATOR);
      pending = values.length < columns.length ? whole : '';
      if (pending === '') {
        rows?.push(new ResultRow(columns, values));
      }
    }
  }
  return { results, errors };
}
