/** Errors as the clients print them: `ERROR 1045 (28000): ...`, `ERROR 1146 (42S02) at line 3: ...`, and the dump programs their way. */
import { CommandError } from '../../host/command-error.ts';
import { printable } from '../../host/log.ts';

export interface ClientError {
  readonly number: number;
  /** Of the script; undefined when there was no connection yet. */
  readonly line: number | undefined;
  readonly words: string;
}

const CLIENT = /^ERROR (\d+)(?: \(\w+\))?(?: at line (\d+)[^:]*)?: (.*)$/;
/** `Got error: 1045: "Access denied ..." when trying to connect`; `Error 1412: ...`; `Couldn't execute '...': ... (1146)`. */
const DUMP = /(?:[Ee]rror:? (\d+):|\((\d{4})\))/;

export function clientErrors(stderr: readonly string[]): ClientError[] {
  return stderr.flatMap((said) => {
    const match = CLIENT.exec(printable(said));
    return match === null
      ? []
      : [
          {
            number: Number(match[1]),
            line: match[2] === undefined ? undefined : Number(match[2]),
            words: match[3] ?? '',
          },
        ];
  });
}

/** The first error's number, whichever program it was; undefined when none is told. */
export function errorNumber(error: CommandError): number | undefined {
  for (const said of error.stderr) {
    const match = CLIENT.exec(said) ?? DUMP.exec(said);
    if (match !== null) {
      return Number(match[1] ?? match[2]);
    }
  }
  return undefined;
}

/** A program's own words in one line, without its name before and the dump's progress between. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof CommandError)) {
    return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
  }
  // MariaDB's client prints the statement that failed as well.
  const told = clientErrors(error.stderr).map(({ words }) => words);
  if (told.length > 0) {
    return told.slice(-3).join(' | ').replace(/\.$/, '');
  }
  const words = error.stderr
    .filter(
      (line) =>
        /error|denied|unknown|can't|couldn't|privilege|errno|lost|gone/i.test(line) &&
        !line.startsWith('-- ') &&
        !line.startsWith('Warning: '),
    )
    .slice(-5)
    .map((line) =>
      printable(line)
        .replace(/^(?:mysqldump|mariadb-dump|mysql|mariadb): /, '')
        .trim(),
    )
    .join(' | ');
  return (words === '' ? error.message : words).replace(/\.$/, '');
}
