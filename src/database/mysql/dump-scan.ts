/** Reads a dump from beginning to end, without a server: is it whole, what is in it, and what of it is not to be executed. */
import type { DumpFile } from './dump-file.ts';
import { readDumpFile } from './dump-file.ts';
import { type Cut, DumpLines } from './dump-lines.ts';

export interface DumpScan {
  /** It ends with the line that the dump programs write last (`write_footer` in client/mysqldump.cc). */
  readonly complete: boolean;
  readonly tables: ReadonlySet<string>;
  /** Bytes of the text that are left out when it is loaded, in order. */
  readonly cuts: readonly Cut[];
  /** Of Atlassian's scripts, whose dumps create their database (`--databases`). */
  readonly databases: ReadonlySet<string>;
  readonly characterSet: string | undefined;
  readonly collation: string | undefined;
  /** The first line that is no part of the dump of one database. */
  readonly forbidden: string | undefined;
}

/** So much of a line is looked at; a row can have hundreds of megabytes. */
const LOOKED_AT = 16 * 1024;
const NEWLINE = 0x0a;

/** @throws what reading or decompressing throws; what the signal was aborted with */
export async function scanDump(file: DumpFile, signal: AbortSignal): Promise<DumpScan> {
  const lines = new DumpLines();
  const chunks: AsyncIterable<Buffer> = readDumpFile(file);
  let offset = 0;
  let head = Buffer.alloc(0);
  let lineStart = 0;
  for await (const chunk of chunks) {
    signal.throwIfAborted();
    let position = 0;
    for (;;) {
      const end = chunk.indexOf(NEWLINE, position);
      const until = end < 0 ? chunk.length : end;
      const piece = chunk.subarray(position, Math.min(until, position + LOOKED_AT - head.length));
      if (end < 0) {
        head = Buffer.concat([head, piece]);
        break;
      }
      lines.take(head.length === 0 ? piece : Buffer.concat([head, piece]), lineStart, offset + end + 1);
      head = Buffer.alloc(0);
      lineStart = offset + end + 1;
      position = end + 1;
    }
    offset += chunk.length;
  }
  if (head.length > 0) {
    lines.take(head, lineStart, offset);
  }
  return lines.result();
}
