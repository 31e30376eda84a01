/** What the server refuses, with its numbers, levels and texts ("Database Engine events and errors", SQL Server 2022). */

export class SqlRefusal extends Error {
  readonly number: number;
  readonly level: number;
  /** What the server says after it: `BACKUP DATABASE is terminating abnormally.` */
  readonly followers: readonly SqlRefusal[];

  constructor(number: number, level: number, text: string, followers: readonly SqlRefusal[] = []) {
    super(text);
    this.number = number;
    this.level = level;
    this.followers = followers;
  }
}

/** The connection is gone, or never was: sqlcmd ends at once. */
export class ConnectionLost extends Error {}

export function terminating(statement: string): SqlRefusal {
  return new SqlRefusal(3013, 16, `${statement} is terminating abnormally.`);
}

export function noDatabase(name: string): SqlRefusal {
  return new SqlRefusal(
    911,
    16,
    `Database '${name}' does not exist. Make sure that the name is entered correctly.`,
  );
}

export function inRestore(name: string): SqlRefusal {
  return new SqlRefusal(927, 14, `Database '${name}' cannot be opened. It is in the middle of a restore.`);
}

export function noPermission(what: string, database: string): SqlRefusal {
  return new SqlRefusal(262, 14, `${what} permission denied in database '${database}'.`);
}

export function cannotOpen(device: string, reason: string): SqlRefusal {
  return new SqlRefusal(3201, 16, `Cannot open backup device '${device}'. Operating system error ${reason}.`);
}

/** With what comes after it. */
export function within(statement: string, refusal: unknown): unknown {
  return refusal instanceof SqlRefusal && refusal.followers.length === 0
    ? new SqlRefusal(refusal.number, refusal.level, refusal.message, [terminating(statement)])
    : refusal;
}
