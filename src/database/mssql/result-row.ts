/** A row as sqlcmd prints it, with each value checked when it is read. */

export class ResultRow {
  readonly #values: ReadonlyMap<string, string>;

  /** Column names differ in case between versions of the server (`UniqueId`, `UniqueID`). */
  constructor(columns: readonly string[], values: readonly string[]) {
    this.#values = new Map(columns.map((name, index) => [name.toLowerCase(), values[index] ?? 'NULL']));
  }

  /** Empty for NULL: sqlcmd prints the word, and none of the columns that are read has it as a value. */
  text(column: string): string {
    const value = this.#values.get(column.toLowerCase());
    if (value === undefined) {
      throw new TypeError(`SQL Server answered without '${column}'.`);
    }
    return value === 'NULL' ? '' : value;
  }

  number(column: string): number {
    const value = Number(this.text(column) || Number.NaN);
    if (!Number.isFinite(value)) {
      throw new TypeError(`SQL Server answered no usable '${column}'.`);
    }
    return value;
  }

  /** A bit, or a function that answers 0 or 1; NULL for what it cannot know. */
  flag(column: string): boolean {
    return this.text(column) === '1';
  }

  /** The old sqlcmd prints a uniqueidentifier in capitals, the new one in small letters. Empty for NULL. */
  guid(column: string): string {
    return this.text(column).toUpperCase();
  }
}
