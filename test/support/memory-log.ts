/** A log that is read by tests. */
import { createLog, type Log } from '../../src/host/log.ts';
import { Redactor } from '../../src/host/redactor.ts';

export interface MemoryLog {
  readonly log: Log;
  /** `level: text`, in order. */
  readonly lines: readonly string[];
}

export function createMemoryLog(redactor: Redactor = new Redactor()): MemoryLog {
  const lines: string[] = [];
  const at =
    (level: string) =>
    (line: string): void => {
      lines.push(`${level}: ${line}`);
    };
  const log = createLog(
    {
      debug: at('debug'),
      info: at('info'),
      notice: at('notice'),
      warning: at('warning'),
      error: at('error'),
      startGroup: at('group'),
      endGroup: () => undefined,
    },
    redactor,
  );
  return { log, lines };
}
