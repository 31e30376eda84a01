/**
 * What the lines of a dump say. Text of users never begins a line of its own: in values the dump programs write a line break as
 * `\n`. Only bodies of routines do, between two DELIMITER lines.
 */
import type { DumpScan } from './dump-scan.ts';

/** Bytes of the text, `to` not included. */
export interface Cut {
  readonly from: number;
  readonly to: number;
}

/** First bytes of the lines that are looked at: - / C U D A R S, in both cases. All others are rows, and parts of definitions. */
const FIRST_BYTES = new Set('-/CcUuDdAaRrSs \t'.split('').map((character) => character.charCodeAt(0)));

const QUOTED = '`(?:[^`]|``)*`';
const TABLE = new RegExp(`^-- Table structure for table (${QUOTED})$`);
/** `CREATE DATABASE /*!32312 IF NOT EXISTS*\/ `x` /*!40100 DEFAULT CHARACTER SET utf8 COLLATE utf8_bin *\/ ...;` */
const CREATE_DATABASE = new RegExp(
  `^CREATE DATABASE (?:/\\*!\\d+ IF NOT EXISTS\\*/ )?(${QUOTED})(.*);\\s*$`,
  'i',
);
const USE = new RegExp(`^USE (${QUOTED});\\s*$`, 'i');
/** However it is written, and wherever in the line a version comment puts it. */
const LEADS_ELSEWHERE =
  /^\s*(?:\/\*M?!\d*\s*)?(?:use\s+\S|(?:create|drop|alter)\s+(?:database|schema)\b|(?:create|drop|alter|rename)\s+(?:user|role)\b)/i;
/** Whose rights a view, trigger, routine or event has: a user who may not be here, and rights that nobody may give away. */
const DEFINER = new RegExp(
  `^(?:/\\*!\\d+ |CREATE (?:OR REPLACE )?|/\\*!\\d+ CREATE\\*/ (?:/\\*!\\d+ )?)(DEFINER=${QUOTED}(?:@${QUOTED})?)`,
);
/** Tells a later client of MariaDB to execute nothing on this machine; in binary mode it does not, and others stumble over it. */
const SANDBOX = /^\/\*M?!999999\\-/;
/** About replicas of the server that it comes from; only administrators may set them. */
const REPLICATION = /^SET @(?:MYSQLDUMP_TEMP_LOG_BIN|@SESSION\.SQL_LOG_BIN|@GLOBAL\.GTID_PURGED)\s*=/i;
const COMPLETE = /^-- Dump completed/;

export class DumpLines {
  readonly #tables = new Set<string>();
  readonly #databases = new Set<string>();
  readonly #cuts: Cut[] = [];
  #createOptions = '';
  #forbidden: string | undefined;
  #complete = false;
  #inReplication = false;

  /**
   * @param head of the line, without its end
   * @param from where it begins in the text
   * @param to where the next one begins
   */
  take(head: Buffer, from: number, to: number): void {
    const [first] = head;
    if (first === undefined) {
      return;
    }
    this.#complete = false;
    if (!this.#inReplication && !FIRST_BYTES.has(first)) {
      return;
    }
    // One character a byte, so that places in it are places in the text.
    const line = head.toString('latin1');
    if (this.#inReplication || REPLICATION.test(line)) {
      this.#cuts.push({ from, to });
      this.#inReplication = !line.trimEnd().endsWith(';');
      return;
    }
    this.#look(line, from, to);
  }

  result(): DumpScan {
    return {
      complete: this.#complete,
      tables: this.#tables,
      databases: this.#databases,
      cuts: this.#cuts,
      characterSet: /CHARACTER SET (\w+)/i.exec(this.#createOptions)?.[1],
      collation: /COLLATE (\w+)/i.exec(this.#createOptions)?.[1],
      forbidden: this.#forbidden ?? (this.#databases.size > 1 ? 'USE of a second database' : undefined),
    };
  }

  #look(line: string, from: number, to: number): void {
    this.#complete = COMPLETE.test(line);
    const table = TABLE.exec(line)?.[1];
    if (table !== undefined) {
      this.#tables.add(unquoted(table));
      return;
    }
    const definer = DEFINER.exec(line);
    if (definer !== null) {
      const end = from + definer[0].length;
      this.#cuts.push({ from: end - (definer[1] ?? '').length, to: end });
    }
    const created = CREATE_DATABASE.exec(line);
    const named = created?.[1] ?? USE.exec(line)?.[1];
    if (named !== undefined) {
      this.#databases.add(unquoted(named));
      this.#createOptions ||= created?.[2] ?? '';
    }
    if (named !== undefined || SANDBOX.test(line)) {
      this.#cuts.push({ from, to });
    } else if (LEADS_ELSEWHERE.test(line)) {
      this.#forbidden ??= line.trim().slice(0, 80);
    }
  }
}

function unquoted(name: string): string {
  return Buffer.from(name.slice(1, -1).replaceAll('``', '`'), 'latin1').toString('utf8');
}
