/** Rows as the clients print them with `--batch`: a line each, fields between tabs, special characters escaped. */

export interface Row {
  text(column: number): string;
  /** Undefined for NULL, which is printed as that word: only for what cannot be the word itself. */
  optionalText(column: number): string | undefined;
  number(column: number): number;
  boolean(column: number): boolean;
}

export function parseRows(output: string): Row[] {
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map(parseRow);
}

export function parseRow(line: string): Row {
  const fields = line.split('\t').map(unescaped);
  const text = (column: number): string => {
    const field = fields[column];
    if (field === undefined) {
      throw wrong(column);
    }
    return field;
  };
  return {
    text,
    optionalText: (column) => {
      const field = text(column);
      return field === 'NULL' ? undefined : field;
    },
    number: (column) => {
      const number = Number(text(column));
      if (text(column) === '' || !Number.isFinite(number)) {
        throw wrong(column);
      }
      return number;
    },
    boolean: (column) => text(column) === '1',
  };
}

/** mysql's manual, `--batch`: newline, tab, NUL and backslash are written as `\n`, `\t`, `\0` and `\\`. */
function unescaped(field: string): string {
  return field.replace(/\\([nt0\\])/g, (_pair, escaped: string) => {
    switch (escaped) {
      case 'n':
        return '\n';
      case 't':
        return '\t';
      case '0':
        return '\0';
      default:
        return '\\';
    }
  });
}

function wrong(column: number): TypeError {
  return new TypeError(`The database answered no usable value in column ${column + 1}.`);
}
