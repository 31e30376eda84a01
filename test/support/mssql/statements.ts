/** The statement forms of the T-SQL reference that this stand-in knows; anything else is a syntax error (102, 156). */
import { type Condition, parseCondition, parseSelect, type Select } from './select-syntax.ts';
import { TokenReader, tokensOf } from './tokens.ts';

export type Statement =
  | { readonly kind: 'set nocount' }
  | { readonly kind: 'use'; readonly database: string }
  | { readonly kind: 'select'; readonly select: Select }
  | {
      readonly kind: 'if';
      readonly condition: Condition;
      readonly yes: Statement;
      readonly no: Statement | undefined;
    }
  | { readonly kind: 'raiserror'; readonly text: string; readonly level: number }
  | { readonly kind: 'kill'; readonly session: number }
  | { readonly kind: 'create database'; readonly database: string }
  | { readonly kind: 'drop database'; readonly database: string }
  | {
      readonly kind: 'alter database';
      readonly database: string;
      readonly access: 'SINGLE_USER' | 'RESTRICTED_USER' | 'MULTI_USER';
      readonly others: 'ROLLBACK IMMEDIATE' | 'NO_WAIT' | undefined;
    }
  | { readonly kind: 'backup'; readonly database: string; readonly device: string; readonly options: Options }
  | {
      readonly kind: 'restore database';
      readonly database: string;
      readonly device: string | undefined;
      readonly options: Options;
    }
  | {
      readonly kind: 'verifyonly' | 'headeronly' | 'filelistonly';
      readonly device: string;
      readonly options: Options;
    };

export interface Options {
  /** Options without a value, in capitals. */
  readonly flags: ReadonlySet<string>;
  readonly texts: ReadonlyMap<string, string>;
  readonly numbers: ReadonlyMap<string, number>;
  readonly moves: readonly { readonly logical: string; readonly path: string }[];
}

/** One batch. */
export function parseBatch(sql: string): Statement[] {
  const reader = new TokenReader(tokensOf(sql));
  const statements: Statement[] = [];
  while (!reader.done) {
    if (!reader.take(';')) {
      statements.push(parseStatement(reader));
    }
  }
  return statements;
}

function parseStatement(reader: TokenReader): Statement {
  const word = reader.peek()?.kind === 'word' ? reader.next().text.toUpperCase() : '';
  switch (word) {
    case 'SET':
      reader.need('NOCOUNT', 'ON');
      return { kind: 'set nocount' };
    case 'USE':
      return { kind: 'use', database: reader.name() };
    case 'SELECT':
      return { kind: 'select', select: parseSelect(reader) };
    case 'IF': {
      const condition = parseCondition(reader);
      const yes = parseStatement(reader);
      const no = reader.take('ELSE') ? parseStatement(reader) : undefined;
      return { kind: 'if', condition, yes, no };
    }
    case 'RAISERROR':
      return parseRaiserror(reader);
    case 'KILL':
      return { kind: 'kill', session: reader.number() };
    case 'CREATE':
      reader.need('DATABASE');
      return { kind: 'create database', database: reader.name() };
    case 'DROP':
      reader.need('DATABASE');
      return { kind: 'drop database', database: reader.name() };
    case 'ALTER':
      return parseAlter(reader);
    case 'BACKUP':
      return parseBackup(reader);
    case 'RESTORE':
      return parseRestore(reader);
    default:
      throw reader.refusal(word === '' ? 0 : -1);
  }
}

function parseRaiserror(reader: TokenReader): Statement {
  reader.need('(');
  const text = reader.text();
  reader.need(',');
  const level = reader.number();
  reader.need(',');
  reader.number();
  reader.need(')');
  return { kind: 'raiserror', text, level };
}

function parseAlter(reader: TokenReader): Statement {
  reader.need('DATABASE');
  const database = reader.name();
  reader.need('SET');
  const access = (['SINGLE_USER', 'RESTRICTED_USER', 'MULTI_USER'] as const).find((name) =>
    reader.take(name),
  );
  if (access === undefined) {
    throw reader.refusal();
  }
  if (!reader.take('WITH')) {
    return { kind: 'alter database', database, access, others: undefined };
  }
  if (reader.take('NO_WAIT')) {
    return { kind: 'alter database', database, access, others: 'NO_WAIT' };
  }
  reader.need('ROLLBACK', 'IMMEDIATE');
  return { kind: 'alter database', database, access, others: 'ROLLBACK IMMEDIATE' };
}

const BACKUP_FLAGS = [
  ['DIFFERENTIAL'],
  ['COPY_ONLY'],
  ['FORMAT', 'NOFORMAT'],
  ['INIT', 'NOINIT'],
  ['CHECKSUM', 'NO_CHECKSUM'],
  ['COMPRESSION', 'NO_COMPRESSION'],
];

function parseBackup(reader: TokenReader): Statement {
  reader.need('DATABASE');
  const database = reader.name();
  reader.need('TO');
  const device = parseDevice(reader);
  const known = { flags: BACKUP_FLAGS, texts: ['NAME', 'DESCRIPTION'], numbers: ['STATS'] };
  return { kind: 'backup', database, device, options: parseOptions(reader, known) };
}

const READ_FLAGS = [['CHECKSUM', 'NO_CHECKSUM']];

function parseRestore(reader: TokenReader): Statement {
  if (reader.take('DATABASE')) {
    const database = reader.name();
    const device = reader.take('FROM') ? parseDevice(reader) : undefined;
    const flags = [...READ_FLAGS, ['RECOVERY', 'NORECOVERY'], ['REPLACE'], ['RESTRICTED_USER']];
    const options = parseOptions(reader, { flags, texts: [], numbers: ['FILE', 'STATS'], moves: true });
    return { kind: 'restore database', database, device, options };
  }
  const kind = (['VERIFYONLY', 'HEADERONLY', 'FILELISTONLY'] as const).find((name) => reader.take(name));
  if (kind === undefined) {
    throw reader.refusal();
  }
  reader.need('FROM');
  const device = parseDevice(reader);
  const numbers = kind === 'VERIFYONLY' ? ['FILE', 'STATS'] : ['FILE'];
  const options = parseOptions(reader, { flags: READ_FLAGS, texts: [], numbers });
  switch (kind) {
    case 'VERIFYONLY':
      return { kind: 'verifyonly', device, options };
    case 'HEADERONLY':
      return { kind: 'headeronly', device, options };
    case 'FILELISTONLY':
      return { kind: 'filelistonly', device, options };
  }
}

function parseDevice(reader: TokenReader): string {
  reader.need('DISK', '=');
  return reader.text();
}

interface KnownOptions {
  /** Those of one list exclude each other. */
  readonly flags: readonly (readonly string[])[];
  readonly texts: readonly string[];
  readonly numbers: readonly string[];
  readonly moves?: boolean;
}

function parseOptions(reader: TokenReader, known: KnownOptions): Options {
  const flags = new Set<string>();
  const texts = new Map<string, string>();
  const numbers = new Map<string, number>();
  const moves: { logical: string; path: string }[] = [];
  if (reader.take('WITH')) {
    do {
      const word = reader.next();
      const option = word.kind === 'word' ? word.text.toUpperCase() : '';
      const excluded = known.flags.find((list) => list.includes(option));
      if (option === 'MOVE' && known.moves === true) {
        const logical = reader.text();
        reader.need('TO');
        moves.push({ logical, path: reader.text() });
      } else if (excluded !== undefined && !excluded.some((flag) => flags.has(flag))) {
        flags.add(option);
      } else if (known.texts.includes(option) && !texts.has(option)) {
        reader.need('=');
        texts.set(option, reader.text());
      } else if (known.numbers.includes(option) && !numbers.has(option)) {
        numbers.set(option, option === 'STATS' && !reader.is('=') ? 10 : numberAfter(reader));
      } else {
        throw reader.refusal(-1);
      }
    } while (reader.take(','));
  }
  return { flags, texts, numbers, moves };
}

function numberAfter(reader: TokenReader): number {
  reader.need('=');
  return reader.number();
}
