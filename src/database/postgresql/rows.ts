/** Rows that psql prints as JSON, one a line, with each field checked when it is read. */

export interface Row {
  text(field: string): string;
  /** Undefined for NULL. */
  optionalText(field: string): string | undefined;
  number(field: string): number;
  boolean(field: string): boolean;
}

/** @throws SyntaxError or TypeError when the server answers something else than was asked. */
export function parseRows(output: string): Row[] {
  return output
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const value: unknown = JSON.parse(line);
      if (typeof value !== 'object' || value === null) {
        throw new TypeError('A row of the database is not an object.');
      }
      return rowOf(new Map<string, unknown>(Object.entries(value)));
    });
}

function rowOf(fields: ReadonlyMap<string, unknown>): Row {
  const optionalText = (field: string): string | undefined => {
    const value = fields.get(field) ?? undefined;
    if (value !== undefined && typeof value !== 'string') {
      throw wrong(field);
    }
    return value;
  };
  return {
    optionalText,
    text: (field) => {
      const value = optionalText(field);
      if (value === undefined) {
        throw wrong(field);
      }
      return value;
    },
    number: (field) => {
      const value = fields.get(field);
      if (typeof value !== 'number') {
        throw wrong(field);
      }
      return value;
    },
    boolean: (field) => {
      const value = fields.get(field);
      if (typeof value !== 'boolean') {
        throw wrong(field);
      }
      return value;
    },
  };
}

function wrong(field: string): TypeError {
  return new TypeError(`The database answered no usable '${field}'.`);
}
