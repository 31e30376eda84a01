import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { propertiesIn } from '../../../src/bitbucket/properties.ts';
import { Redactor } from '../../../src/host/redactor.ts';
import { type Fitting, fitProperties } from '../../../src/pipeline/fit-properties.ts';
import type { DatabaseLocation } from '../../../src/strategies/restore.ts';
import { FOREIGN_ID } from '../../support/bitbucket-home.ts';
import { failureOf } from '../../support/failure.ts';
import { createMemoryLog } from '../../support/memory-log.ts';
import { runProgram } from '../../support/program.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const LOCATION: DatabaseLocation = {
  kind: 'postgresql',
  host: 'test-db',
  port: 5432,
  name: 'bitbucket',
  owner: 'bitbucket',
};
const URL = 'jdbc:postgresql://test-db:5432/bitbucket';
const DRIVER = 'jdbc.driver=org.postgresql.Driver\n';
const FITS = `${DRIVER}jdbc.url=${URL}\njdbc.user=bitbucket\n`;
const FILE = 'shared/bitbucket.properties';

let home: string;

beforeEach(() => {
  home = join(temporaryFolder(), 'bitbucket-home');
  mkdirSync(join(home, 'shared'), { recursive: true });
});

function lay(content: string | Buffer, file = FILE): void {
  writeFileSync(join(home, file), content);
}

function text(file = FILE): string {
  return readFileSync(join(home, file), 'latin1');
}

async function fit(update: boolean, location: Partial<DatabaseLocation> = {}): Promise<Fitting | undefined> {
  return await fitProperties(home, { ...LOCATION, ...location }, update);
}

describe('what fits', () => {
  test.each([
    ['as we write it', FITS],
    [
      'as Java writes it',
      `${DRIVER}jdbc.url=jdbc\\:postgresql\\://test-db\\:5432/bitbucket\njdbc.user=bitbucket\n`,
    ],
    [
      'without its port and with options',
      `${DRIVER}jdbc.user: bitbucket\njdbc.url jdbc:postgresql://test-db/bitbucket?ssl=true`,
    ],
    ['when the last of two counts', `jdbc.url=jdbc:postgresql://prod/bitbucket\n${FITS}`],
    ['continued', `${DRIVER}jdbc.url=jdbc:postgresql://te\\\n   st-db/bitbucket\njdbc.user=bitbucket`],
  ])('is left alone: %s', async (_how, before) => {
    lay(before);
    expect(await fit(true)).toBeUndefined();
    expect(text()).toBe(before);
  });
});

describe('what does not fit', () => {
  test('is told, and left alone as long as nobody asked for more', async () => {
    const before = `${DRIVER}jdbc.url=jdbc:postgresql://prod:5432/bitbucket?ssl=true\njdbc.user=production\n`;
    lay(before);
    expect(await fit(false)).toEqual({
      file: FILE,
      changes: [
        { key: 'jdbc.url', value: `${URL}?ssl=true` },
        { key: 'jdbc.user', value: 'bitbucket' },
      ],
      lines: [`jdbc.url=${URL}?ssl=true`, 'jdbc.user=bitbucket'],
      secrets: [],
    });
    expect(text()).toBe(before);
  });

  test('is changed when it was asked for, byte for byte the rest', async () => {
    const rest = Buffer.from([0x23, 0xff, 0xfe, 0x0d, 0x0a, 0x61, 0x3d, 0xc3, 0xbc, 0x80, 0x0d, 0x0a]);
    lay(Buffer.concat([rest, Buffer.from('jdbc.url=jdbc:postgresql:old\r\n'), Buffer.from(DRIVER), rest]));
    expect(await fit(true)).toBeDefined();
    expect(
      readFileSync(join(home, FILE)).equals(
        Buffer.concat([
          rest,
          Buffer.from(`jdbc.url=${URL}\r\n`),
          Buffer.from(DRIVER),
          rest,
          Buffer.from('jdbc.user=bitbucket\r\n'),
        ]),
      ),
    ).toBe(true);
    expect(await fit(true)).toBeUndefined();
  });

  test.each([
    ['another host', { host: 'other' }, ['jdbc.url']],
    ['another port', { port: 5433 }, ['jdbc.url']],
    ['another name', { name: 'other' }, ['jdbc.url']],
    ['another owner', { owner: 'other' }, ['jdbc.user']],
    ['a socket', { host: undefined }, ['jdbc.url']],
  ])('is only what differs: %s', async (_what, location, keys) => {
    lay(FITS);
    expect((await fit(false, location))?.changes.map(({ key }) => key)).toEqual(keys);
  });

  test('is changed in a short URL and in one of several hosts', async () => {
    for (const url of ['jdbc:postgresql:bitbucket', 'jdbc:postgresql://test-db,standby/bitbucket']) {
      lay(`${DRIVER}jdbc.url=${url}\njdbc.user=bitbucket\n`);
      await fit(true);
      expect(text()).toBe(FITS);
    }
  });

  test('is the driver too, where the URL was that of another one', async () => {
    lay('jdbc.driver=com.mysql.jdbc.Driver\njdbc.url=jdbc:mysql://prod/bitbucket?a=b\njdbc.user=bitbucket\n');
    expect((await fit(true))?.lines).toEqual(['jdbc.driver=org.postgresql.Driver', `jdbc.url=${URL}`]);
    expect(text()).toBe(FITS);
  });

  test('is not the driver where the URL fits: it may be one that wraps it', async () => {
    lay(FITS.replace(DRIVER, 'jdbc.driver=com.example.Wrapper\n'));
    expect(await fit(true)).toBeUndefined();
  });
});

describe('the file', () => {
  test('is in shared; one beside it, as in old homes, counts only when there is none', async () => {
    lay('jdbc.user=old\n', 'bitbucket.properties');
    expect((await fit(true))?.file).toBe('bitbucket.properties');
    expect(Object.fromEntries(propertiesIn(text('bitbucket.properties')))).toMatchObject({
      'jdbc.user': 'bitbucket',
    });
    expect(existsSync(join(home, FILE))).toBe(false);
    lay('jdbc.user=new\n');
    expect((await fit(false))?.file).toBe(FILE);
  });

  test('is made where there is none, for whom the folder belongs to', async () => {
    chownSync(join(home, 'shared'), FOREIGN_ID, FOREIGN_ID);
    const fitting = await fit(true);
    expect(fitting?.file).toBe(FILE);
    expect(text()).toBe(FITS);
    const { mode, uid, gid } = statSync(join(home, FILE));
    expect([mode & 0o7777, uid, gid]).toEqual([0o600, FOREIGN_ID, FOREIGN_ID]);
  });

  test('is made with its folder where there is not even that', async () => {
    home = join(temporaryFolder(), 'bare');
    mkdirSync(home);
    chownSync(home, FOREIGN_ID, FOREIGN_ID);
    await fit(true);
    expect(text()).toBe(FITS);
    expect(statSync(join(home, 'shared')).uid).toBe(FOREIGN_ID);
    expect(statSync(join(home, FILE)).uid).toBe(FOREIGN_ID);
  });

  test('is not made when nobody asked for it', async () => {
    expect((await fit(false))?.lines).toEqual(FITS.trim().split('\n'));
    expect(existsSync(join(home, FILE))).toBe(false);
  });

  test('keeps its owner, its rights and its inode', async () => {
    lay('jdbc.user=x\n');
    chownSync(join(home, FILE), FOREIGN_ID, FOREIGN_ID + 1);
    chmodSync(join(home, FILE), 0o440);
    const before = lstatSync(join(home, FILE));
    await fit(true);
    const after = lstatSync(join(home, FILE));
    expect([after.mode, after.uid, after.gid, after.ino]).toEqual([
      before.mode,
      before.uid,
      before.gid,
      before.ino,
    ]);
  });

  test.each([true, false])('that is a link is not followed (update: %s)', async (update) => {
    const outside = join(temporaryFolder(), 'production.properties');
    writeFileSync(outside, 'jdbc.user=production\n');
    symlinkSync(outside, join(home, FILE));
    const error = await failureOf(fit(update));
    expect(error.code).toBe('ARCHIVE_UNSAFE');
    expect(readFileSync(outside, 'utf8')).toBe('jdbc.user=production\n');
  });

  test('behind a folder that is a link out of the home is neither read nor written', async () => {
    const production = temporaryFolder();
    writeFileSync(join(production, 'bitbucket.properties'), FITS);
    home = join(temporaryFolder(), 'linked');
    mkdirSync(home);
    symlinkSync(production, join(home, 'shared'));
    expect((await fit(false))?.lines).toEqual(FITS.trim().split('\n'));
    const error = await failureOf(fit(true, { name: 'other' }));
    expect(error.code).toBe('ARCHIVE_UNSAFE');
    expect(error.message).toBe('shared of the restored home leads out of it.');
    expect(readFileSync(join(production, 'bitbucket.properties'), 'utf8')).toBe(FITS);
  });

  test('behind a folder that is a link within the home is changed there', async () => {
    const linked = join(temporaryFolder(), 'linked');
    mkdirSync(join(linked, 'real'), { recursive: true });
    symlinkSync('real', join(linked, 'shared'));
    home = linked;
    lay(`${DRIVER}jdbc.user=x\n`, 'real/bitbucket.properties');
    await fit(true);
    expect(propertiesIn(text('real/bitbucket.properties')).get('jdbc.url')).toBe(URL);
  });

  test('that is a folder, a pipe or a device is refused, and nobody waits for it', async () => {
    for (const make of [
      ['mkdir', join(home, FILE)],
      ['mkfifo', join(home, FILE)],
      ['mknod', join(home, FILE), 'c', '1', '5'],
    ] as const) {
      const [program, ...args] = make;
      await runProgram(program, args);
      expect([program, (await failureOf(fit(true))).code]).toEqual([program, 'ARCHIVE_UNSAFE']);
      await runProgram('rm', ['-rf', join(home, FILE)]);
    }
  });
});

describe('passwords', () => {
  test.each([
    ['?user=u&password=pa55word', ['pa55word']],
    ['?password=p%40ss%20word&ssl=true', ['p%40ss%20word', 'p@ss word']],
    ['?sslpassword=first-secret&password=second-secret', ['first-secret', 'second-secret']],
    ['?PASSWORD=upper-case', ['upper-case']],
    ['?password=100%', ['100%']],
    ['?password=', []],
    ['?passwordless=no', []],
    ['?ssl=true', []],
  ])('in the options %s are told as secrets', async (options, secrets) => {
    lay(`${DRIVER}jdbc.url=jdbc:postgresql://prod/bitbucket${options}\njdbc.user=bitbucket\n`);
    const fitting = await fit(false);
    expect(fitting?.lines).toEqual([`jdbc.url=${URL}${options}`]);
    expect([...new Set(fitting?.secrets)].toSorted()).toEqual(secrets.toSorted());
  });

  test.each(['back\\\\slash', 'caf\u00e9-au-lait', 'tab\\tbed-secret', 'd\\u00f6ner-secret'])(
    'never show in a line that is printed, however they are escaped in it: %s',
    async (password) => {
      lay(Buffer.from(`jdbc.url=jdbc:postgresql://prod/bitbucket?password=${password}&ssl=true\n`, 'latin1'));
      const fitting = await fit(false);
      const redactor = new Redactor();
      for (const secret of fitting?.secrets ?? []) {
        redactor.add(secret);
      }
      const { log, lines } = createMemoryLog(redactor);
      log.info(fitting?.lines.join(' ') ?? '');
      expect(lines[0]).toMatch(/\?password=\*\*\*&ssl=true/);
    },
  );
});

describe('databases of other kinds', () => {
  const mysql: Partial<DatabaseLocation> = { kind: 'mysql', port: 3306 };
  const mssql: Partial<DatabaseLocation> = { kind: 'mssql', port: 1433 };

  test.each<[string, Partial<DatabaseLocation>, string]>([
    ['com.mysql.jdbc.Driver', mysql, 'jdbc:mysql://test-db:3306/bitbucket'],
    ['com.mysql.cj.jdbc.Driver', mysql, 'jdbc:mysql://test-db:3306/bitbucket?useSSL=true'],
    ['org.mariadb.jdbc.Driver', mysql, 'jdbc:mariadb://test-db:3306/bitbucket'],
    [
      'com.microsoft.sqlserver.jdbc.SQLServerDriver',
      mssql,
      'jdbc:sqlserver://test-db:1433;databaseName=bitbucket',
    ],
    ['net.sourceforge.jtds.jdbc.Driver', mssql, 'jdbc:jtds:sqlserver://test-db:1433/bitbucket'],
  ])(
    '%s stays where the URL fits, and where only the server is another one',
    async (driver, location, url) => {
      lay(`jdbc.driver=${driver}\njdbc.url=${url}\njdbc.user=bitbucket\n`);
      expect(await fit(false, location)).toBeUndefined();
      lay(`jdbc.driver=${driver}\njdbc.url=${url.replace('test-db', 'prod')}\njdbc.user=bitbucket\n`);
      expect((await fit(true, location))?.changes).toEqual([{ key: 'jdbc.url', value: url }]);
      expect(await fit(false, location)).toBeUndefined();
    },
  );

  test.each<[Partial<DatabaseLocation>, string, string]>([
    [
      mysql,
      'com.mysql.cj.jdbc.Driver',
      'jdbc:mysql://test-db:3306/bitbucket?useUnicode=true&characterEncoding=utf8',
    ],
    [
      mssql,
      'com.microsoft.sqlserver.jdbc.SQLServerDriver',
      'jdbc:sqlserver://test-db:1433;databaseName=bitbucket',
    ],
  ])('%j comes with its driver where another database was', async (location, driver, url) => {
    lay(FITS);
    expect((await fit(false, location))?.changes).toEqual([
      { key: 'jdbc.driver', value: driver },
      { key: 'jdbc.url', value: url },
    ]);
  });

  test('a password in braces is told as a secret', async () => {
    lay('jdbc.url=jdbc:sqlserver://prod;databaseName=x;trustStorePassword={a;b}}c};encrypt=true\n');
    const secrets = (await fit(false, mssql))?.secrets ?? [];
    expect(secrets).toContain('a;b}}c');
  });
});
