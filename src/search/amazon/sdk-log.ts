/** Amazon's libraries write to the console unless they are given a log. */
import { messageChain } from '../../errors.ts';
import type { Log } from '../../host/log.ts';

/** The shape that those libraries ask for. */
export interface SdkLogger {
  debug(...content: unknown[]): void;
  info(...content: unknown[]): void;
  warn(...content: unknown[]): void;
  error(...content: unknown[]): void;
}

/** What a failed `credential_process` is told with: the command's line, which can hold a password, and its output. */
const COMMAND = /(Command failed: )[^]*/;

/**
 * Debug lines tell which sources of credentials were asked and what each said, so an administrator wants them. What the
 * libraries call info are requests and answers of Amazon's token service, and nobody wants those in a log.
 */
export function sdkLogger(log: Log): SdkLogger {
  return {
    debug: (...content) => log.debug(textOf(content)),
    info: () => undefined,
    warn: (...content) => log.warning(textOf(content)),
    error: (...content) => log.warning(textOf(content)),
  };
}

/** In one line. Only text and errors' messages: an object is an answer, or credentials. */
function textOf(content: readonly unknown[]): string {
  return content
    .flatMap((part) => (part instanceof Error ? messageChain(part) : typeof part === 'string' ? [part] : []))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(COMMAND, '$1(the command is not shown)');
}
