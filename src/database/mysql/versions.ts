/** Version numbers of MySQL and MariaDB, as programs and servers print them. */

export type Family = 'MySQL' | 'MariaDB';

export interface ServerVersion {
  readonly family: Family;
  /** Without what the packager has added: `10.11.19`. */
  readonly text: string;
  /** 101119 for 10.11.19; as in the version comments of their dumps. */
  readonly number: number;
}

/** Of a server's `VERSION()`: `8.0.36`, `10.11.19-MariaDB-0+deb12u1`; MariaDB of old puts `5.5.5-` before it. */
export function serverVersion(text: string): ServerVersion | undefined {
  return versionIn(text.replace(/^5\.5\.5-(?=.*mariadb)/i, ''), /mariadb/i.test(text));
}

/**
 * Of what a client prints with `--version`: `mysqldump  Ver 10.19 Distrib 10.11.19-MariaDB, for ...`, `mariadb-dump from
 * 11.4.2-MariaDB, client 10.19 for ...`, `mysqldump  Ver 8.0.36 for Linux on x86_64 (MySQL Community Server - GPL)`.
 */
export function clientVersion(line: string): ServerVersion | undefined {
  const version = /(?:Distrib|from) (\d\S*?),? /.exec(`${line} `) ?? /Ver (\d\S*) /.exec(`${line} `);
  return version === null ? undefined : versionIn(version[1] ?? '', /mariadb/i.test(line));
}

function versionIn(text: string, isMariaDb: boolean): ServerVersion | undefined {
  const match = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  if (match === null) {
    return undefined;
  }
  const [whole, major, minor, patch = '0'] = match;
  return {
    family: isMariaDb ? 'MariaDB' : 'MySQL',
    text: whole,
    number: Number(major) * 10_000 + Number(minor) * 100 + Number(patch),
  };
}

/** What counts when a client is compared with a server: 1011 for 10.11.19. */
export function seriesOf({ number }: ServerVersion): number {
  return Math.floor(number / 100);
}

export function seriesName({ text }: ServerVersion): string {
  return text.split('.').slice(0, 2).join('.');
}

export function versionName({ family, text }: ServerVersion): string {
  return `${family} ${text}`;
}
