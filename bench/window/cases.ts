/** Which sizes are measured: each home with the smallest database, each database with the smallest home, both largest. */

export interface Case {
  /** In units of 120,000 files. */
  readonly home: number;
  /** In units of 250 MB. */
  readonly database: number;
}

/**
 * By the size of the home, which only grows. Growth is read from the first two kinds, since only one thing changes in
 * them; the last is the one that the goals speak of.
 */
export function casesOf(homes: readonly number[], databases: readonly number[]): readonly Case[] {
  const [smallestHome = 1] = homes;
  const [smallestDatabase = 1] = databases;
  const wanted: readonly Case[] = [
    ...homes.map((home) => ({ home, database: smallestDatabase })),
    ...databases.map((database) => ({ home: smallestHome, database })),
    { home: homes.at(-1) ?? smallestHome, database: databases.at(-1) ?? smallestDatabase },
  ];
  const unique = new Map(wanted.map((one) => [`${one.home} ${one.database}`, one]));
  return [...unique.values()].sort((a, b) => a.home - b.home || a.database - b.database);
}
