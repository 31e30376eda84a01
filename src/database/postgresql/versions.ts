/** PostgreSQL's version numbers: `9.6.24`, `15.18`, `17beta1`, `18devel`, as programs and servers print them. */

export interface PostgresVersion {
  /** As printed, such as `15.18`. */
  readonly text: string;
  /** As the server's `server_version_num`: 150018, 90624. */
  readonly number: number;
}

/** Reads `pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`; undefined when it is something else. */
export function parseVersion(line: string): PostgresVersion | undefined {
  const match = /\(PostgreSQL\)\s+((\d+)(?:\.(\d+))?(?:\.(\d+))?\w*)/.exec(line);
  if (match === null) {
    return undefined;
  }
  const [, text = '', first = '0', second = '0', third = '0'] = match;
  const major = Number(first);
  const number =
    major >= 10 ? major * 10_000 + Number(second) : major * 10_000 + Number(second) * 100 + Number(third);
  return { text, number };
}

/** Of a version alone, such as `15.18`; undefined when it is none. */
export function versionNumber(text: string): number | undefined {
  return parseVersion(`(PostgreSQL) ${text}`)?.number;
}

/** What decides whether a client can dump a server: 15 for 15.18, 9.06 for 9.6.24. */
export function majorOf(version: number): number {
  return version >= 100_000 ? Math.floor(version / 10_000) : Math.floor(version / 100) / 100;
}

/** The major version as packages name it: `15`, `9.6`. */
export function majorName(version: number): string {
  const major = Math.floor(version / 10_000);
  return major >= 10 ? `${major}` : `${major}.${Math.floor(version / 100) % 100}`;
}
