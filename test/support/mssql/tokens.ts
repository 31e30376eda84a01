/** T-SQL in tokens (T-SQL reference, "Database identifiers", "Constants"). What is not known is an error: nothing is skipped. */
import { SqlRefusal } from './messages.ts';

export type Token =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'mark'; readonly text: string };

export function tokensOf(sql: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < sql.length) {
    const rest = sql.slice(at);
    const space = /^\s+/.exec(rest)?.[0];
    if (space !== undefined) {
      at += space.length;
      continue;
    }
    const [token, length] = nextToken(rest);
    tokens.push(token);
    at += length;
  }
  return tokens;
}

function nextToken(rest: string): [Token, number] {
  const name = /^\[((?:[^\]]|\]\])*)\]/s.exec(rest);
  if (name !== null) {
    const text = (name[1] ?? '').replaceAll(']]', ']');
    if (text === '' || text.length > 128) {
      throw new SqlRefusal(1038, 15, 'An object or column name is missing or empty.');
    }
    return [{ kind: 'name', text }, name[0].length];
  }
  const string = /^N?'((?:[^']|'')*)'/s.exec(rest);
  if (string !== null) {
    return [{ kind: 'string', text: (string[1] ?? '').replaceAll("''", "'") }, string[0].length];
  }
  if (/^(?:N?'|\[)/.test(rest)) {
    throw new SqlRefusal(
      105,
      15,
      `Unclosed quotation mark after the character string '${rest.slice(1, 60)}'.`,
    );
  }
  const word = /^(?:@@)?[A-Za-z_][A-Za-z0-9_$#@]*/.exec(rest)?.[0];
  if (word !== undefined) {
    return [{ kind: 'word', text: word }, word.length];
  }
  const number = /^\d+/.exec(rest)?.[0];
  if (number !== undefined) {
    return [{ kind: 'number', text: number }, number.length];
  }
  const mark = /^(?:<>|<=|>=|[(),;.=<>+*])/.exec(rest)?.[0];
  if (mark !== undefined) {
    return [{ kind: 'mark', text: mark }, mark.length];
  }
  throw new SqlRefusal(102, 15, `Incorrect syntax near '${rest.slice(0, 1)}'.`);
}

/** Reads tokens one after the other. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get done(): boolean {
    return this.#at >= this.#tokens.length;
  }

  peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#at + ahead];
  }

  next(): Token {
    const token = this.peek();
    if (token === undefined) {
      throw new SqlRefusal(102, 15, 'Incorrect syntax near the end of the batch.');
    }
    this.#at += 1;
    return token;
  }

  /** Is the next one this keyword or mark? */
  is(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return (
      (token?.kind === 'word' && token.text.toUpperCase() === text) ||
      (token?.kind === 'mark' && token.text === text)
    );
  }

  take(text: string): boolean {
    const found = this.is(text);
    this.#at += found ? 1 : 0;
    return found;
  }

  need(...texts: readonly string[]): void {
    for (const text of texts) {
      if (!this.take(text)) {
        throw this.refusal();
      }
    }
  }

  name(): string {
    const token = this.next();
    if (token.kind !== 'name' && token.kind !== 'word') {
      throw this.refusal(-1);
    }
    return token.text;
  }

  text(): string {
    const token = this.next();
    if (token.kind !== 'string') {
      throw this.refusal(-1);
    }
    return token.text;
  }

  number(): number {
    const token = this.next();
    if (token.kind !== 'number') {
      throw this.refusal(-1);
    }
    return Number(token.text);
  }

  refusal(ahead = 0): SqlRefusal {
    return new SqlRefusal(102, 15, `Incorrect syntax near '${this.peek(ahead)?.text ?? ''}'.`);
  }
}
