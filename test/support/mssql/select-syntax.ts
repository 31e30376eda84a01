/** A SELECT over the catalog: columns, functions, joins, AND. No more of it than administrators' questions need. */
import type { TokenReader } from './tokens.ts';

export type Expression =
  | { readonly kind: 'value'; readonly value: string | number | null }
  | { readonly kind: 'column'; readonly table: string | undefined; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | {
      readonly kind: 'cast';
      readonly value: Expression;
      readonly type: string;
      readonly length: number | undefined;
    }
  | { readonly kind: 'count' }
  | { readonly kind: 'sum'; readonly value: Expression }
  | {
      readonly kind: 'operation';
      readonly operator: '+' | '*';
      readonly left: Expression;
      readonly right: Expression;
    };

export type Predicate =
  | { readonly kind: 'null'; readonly value: Expression; readonly isNot: boolean }
  | {
      readonly kind: 'comparison';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    };

/** All of them. */
export type Condition = readonly Predicate[];

export interface Source {
  /** `sys.databases`, `dbo.project`. */
  readonly schema: string;
  readonly name: string;
  readonly alias: string;
}

export interface Join extends Source {
  readonly kind: 'inner' | 'left';
  readonly on: Condition;
}

export interface Select {
  readonly columns: readonly { readonly name: string; readonly value: Expression }[];
  readonly from: Source | undefined;
  readonly joins: readonly Join[];
  readonly where: Condition;
  readonly orderBy: readonly Expression[];
}

/** After the word SELECT. */
export function parseSelect(reader: TokenReader): Select {
  const columns = [parseColumn(reader)];
  while (reader.take(',')) {
    columns.push(parseColumn(reader));
  }
  const from = reader.take('FROM') ? parseSource(reader) : undefined;
  const joins: Join[] = [];
  while (reader.is('INNER') || reader.is('LEFT')) {
    const kind = reader.take('INNER') ? 'inner' : 'left';
    if (kind === 'left') {
      reader.need('LEFT');
    }
    reader.need('JOIN');
    const source = parseSource(reader);
    reader.need('ON');
    joins.push({ ...source, kind, on: parseCondition(reader) });
  }
  const where = reader.take('WHERE') ? parseCondition(reader) : [];
  const orderBy: Expression[] = [];
  if (reader.take('ORDER')) {
    reader.need('BY');
    do {
      orderBy.push(parseExpression(reader));
    } while (reader.take(','));
  }
  return { columns, from, joins, where, orderBy };
}

export function parseCondition(reader: TokenReader): Condition {
  const predicates: Predicate[] = [];
  do {
    const left = parseExpression(reader);
    if (reader.take('IS')) {
      const isNot = reader.take('NOT');
      reader.need('NULL');
      predicates.push({ kind: 'null', value: left, isNot });
    } else {
      const operator = ['=', '<>', '<=', '>=', '<', '>'].find((mark) => reader.take(mark));
      if (operator === undefined) {
        throw reader.refusal();
      }
      predicates.push({ kind: 'comparison', operator, left, right: parseExpression(reader) });
    }
  } while (reader.take('AND'));
  return predicates;
}

function parseColumn(reader: TokenReader): Select['columns'][number] {
  const value = parseExpression(reader);
  return { value, name: reader.take('AS') ? reader.name() : '' };
}

function parseSource(reader: TokenReader): Source {
  const schema = reader.name();
  reader.need('.');
  const name = reader.name();
  return { schema, name, alias: reader.take('AS') ? reader.name() : name };
}

function parseExpression(reader: TokenReader): Expression {
  let left = parseTerm(reader);
  for (;;) {
    const operator = (['+', '*'] as const).find((mark) => reader.take(mark));
    if (operator === undefined) {
      return left;
    }
    left = { kind: 'operation', operator, left, right: parseTerm(reader) };
  }
}

function parseTerm(reader: TokenReader): Expression {
  const token = reader.next();
  switch (token.kind) {
    case 'string':
      return { kind: 'value', value: token.text };
    case 'number':
      return { kind: 'value', value: Number(token.text) };
    case 'mark':
      throw reader.refusal(-1);
    case 'name':
    case 'word':
  }
  if (token.kind === 'word') {
    const word = token.text.toUpperCase();
    if (word === 'NULL') {
      return { kind: 'value', value: null };
    }
    if (word.startsWith('@@')) {
      return { kind: 'call', name: word, args: [] };
    }
    if (reader.take('(')) {
      return parseCall(reader, word);
    }
  }
  return reader.take('.')
    ? { kind: 'column', table: token.text, name: reader.name() }
    : { kind: 'column', table: undefined, name: token.text };
}

/** After the opening bracket. */
function parseCall(reader: TokenReader, name: string): Expression {
  switch (name) {
    case 'COUNT_BIG':
      reader.need('*', ')');
      return { kind: 'count' };
    case 'SUM': {
      const value = parseExpression(reader);
      reader.need(')');
      return { kind: 'sum', value };
    }
    case 'CAST': {
      const value = parseExpression(reader);
      reader.need('AS');
      const type = reader.name().toLowerCase();
      const length = reader.take('(') ? reader.number() : undefined;
      reader.need(...(length === undefined ? [')'] : [')', ')']));
      return { kind: 'cast', value, type, length };
    }
    default: {
      const args: Expression[] = [];
      if (!reader.take(')')) {
        do {
          args.push(parseExpression(reader));
        } while (reader.take(','));
        reader.need(')');
      }
      return { kind: 'call', name, args };
    }
  }
}
