/** The log that administrators read. A value that is passed in, so that all code runs and is tested without a runner. */
import { stripVTControlCharacters } from 'node:util';
import type { Redactor } from './redactor.ts';

export interface Log {
  debug(message: string): void;
  info(message: string): void;
  /** An annotation that is good to know, such as a recovered lock. */
  notice(message: string): void;
  warning(message: string): void;
  error(message: string): void;
  /** Folds what is logged until the returned function is called. */
  group(title: string): () => void;
  /** From here on every line starts with `[<url>]`, as in Atlassian's scripts. */
  setPrefix(prefix: string): void;
  /** What was warned so far, for the summary. */
  readonly warnings: readonly string[];
}

/** Where the lines go: the runner's annotations, or a test's memory. */
export interface LogSink {
  debug(line: string): void;
  info(line: string): void;
  notice(line: string): void;
  warning(line: string): void;
  error(line: string): void;
  startGroup(title: string): void;
  endGroup(): void;
}

export function createLog(sink: LogSink, redactor: Redactor): Log {
  let prefix = '';
  const warnings: string[] = [];
  // Redacted on both sides: colours can part a secret, and what makes text printable can change one.
  const safe = (message: string): string => redactor.redact(printable(redactor.redact(message)));
  const clean = (message: string): string => prefix + safe(message);
  return {
    warnings,
    debug: (message) => sink.debug(clean(message)),
    info: (message) => sink.info(clean(message)),
    notice: (message) => sink.notice(clean(message)),
    warning: (message) => {
      warnings.push(safe(message));
      sink.warning(clean(message));
    },
    error: (message) => sink.error(clean(message)),
    group: (title) => {
      sink.startGroup(safe(title));
      let open = true;
      return () => {
        if (open) {
          open = false;
          sink.endGroup();
        }
      };
    },
    setPrefix: (text) => {
      prefix = text === '' ? '' : `[${printable(text)}] `;
    },
  };
}

/**
 * Makes text of tools, servers and file names harmless on the runner's console: no control bytes or ANSI sequences, and
 * nothing that the runner takes for a command (`::name::` at the start of a line, `##[name]` anywhere).
 */
export function printable(text: string): string {
  return (
    stripVTControlCharacters(text)
      .replace(/\p{Cc}/gu, escapeControl)
      .replaceAll('##[', '## [')
      // Every line separator there is, not only the line feed.
      .replace(/^([^\S\r\n\u2028\u2029]*)::/gmu, '$1: :')
  );
}

function escapeControl(character: string): string {
  if (character === '\n' || character === '\t') {
    return character;
  }
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
