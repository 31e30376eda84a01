import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { NetworkDatabase } from '../../../../src/bitbucket/used-database.ts';
import { propertiesIn } from '../../../../src/bitbucket/properties.ts';
import { usedDatabase } from '../../../../src/bitbucket/used-database.ts';
import { readPostgresqlOptions } from '../../../../src/database/postgresql/postgresql.ts';
import { InputReader } from '../../../../src/inputs/reader.ts';
import { answersOf } from '../../../../src/pipeline/auto/answers.ts';
import { type ChosenDatabase, chooseDatabase } from '../../../../src/pipeline/auto/choose-database.ts';
import { runProgram } from '../../../support/program.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const POSTGRESQL = `jdbc.driver=org.postgresql.Driver
jdbc.url=jdbc\\:postgresql\\://db.example.com\\:5433/bitbucket
jdbc.user=atlbitbucket
jdbc.password=fr0m-file
`;

const SUBJECT: unknown = expect.stringMatching(/^(?:database-strategy|home-path)$/);
const other = (text: string): unknown => expect.stringContaining(text);

let home: string;
let masked: string[];

beforeEach(() => {
  home = join(temporaryFolder(), 'home');
  mkdirSync(join(home, 'shared'), { recursive: true });
  masked = [];
});

function lay(text: string, file = 'shared/bitbucket.properties'): void {
  writeFileSync(join(home, file), text, 'latin1');
}

function readerOf(inputs: Readonly<Record<string, string>>): InputReader {
  const given: Record<string, string> = { 'home-path': home, ...inputs };
  return new InputReader({
    raw: (name) => given[name] ?? '',
    mask: (secret) => {
      masked.push(secret);
    },
  });
}

async function choose(
  inputs: Readonly<Record<string, string>> = {},
  wanted: Parameters<typeof chooseDatabase>[1] = 'auto',
): Promise<ChosenDatabase> {
  const reader = readerOf(inputs);
  const chosen = await chooseDatabase(reader, wanted, 'rsync');
  reader.finish();
  return chosen;
}

/** @returns what preflight is going to say, `error` or `warning` before it */
async function said(...args: Parameters<typeof choose>): Promise<string[]> {
  const { used } = await choose(...args);
  return used.findings.map(({ severity, subject, message }) => `${severity} ${subject}: ${message}`);
}

describe('auto', () => {
  test('takes from the file what the inputs leave open', async () => {
    lay(POSTGRESQL);
    const { name, inputs, used } = await choose();
    expect(name).toBe('postgresql');
    expect(readPostgresqlOptions(inputs)).toMatchObject({
      host: 'db.example.com',
      port: 5433,
      database: 'bitbucket',
      username: 'atlbitbucket',
      password: 'fr0m-file',
    });
    expect(used).toEqual({
      told: `Database found in '${home}/shared/bitbucket.properties': PostgreSQL 'bitbucket' at db.example.com:5433, user 'atlbitbucket'`,
      findings: [],
    });
    expect(masked).toContain('fr0m-file');
  });

  test('lets the inputs win, and keeps the password of one user from another', async () => {
    lay(POSTGRESQL);
    const { inputs } = await choose({ 'database-username': 'backup', 'database-port': '5433' });
    expect(readPostgresqlOptions(inputs)).toMatchObject({
      host: 'db.example.com',
      port: 5433,
      username: 'backup',
      password: undefined,
    });
    const { inputs: own } = await choose({
      'database-password': 'from-input',
      'database-username': 'atlbitbucket',
    });
    expect(readPostgresqlOptions(own)).toMatchObject({ username: 'atlbitbucket', password: 'from-input' });
    expect(masked).toContain('fr0m-file');
  });

  test('reads an input that is wrong as strictly as ever', async () => {
    lay(POSTGRESQL);
    const { inputs } = await choose({ 'database-port': 'x' });
    readPostgresqlOptions(inputs);
    expect(() => inputs.finish()).toThrow("Input 'database-port' is 'x'");
  });

  test('reads the file beside shared, as old homes have it, and of a home without shared', async () => {
    rmSync(join(home, 'shared'), { recursive: true });
    lay(POSTGRESQL, 'bitbucket.properties');
    expect((await choose()).name).toBe('postgresql');
    mkdirSync(join(home, 'shared'));
    lay('', 'shared/bitbucket.properties');
    expect((await choose()).name).toBe('internal');
  });

  test.each([
    [
      'continued lines, blanks and the last of equal keys',
      'jdbc.url=x\njdbc.url : jdbc:postgresql://db\\\n   .example.com/b\n',
      'b',
    ],
    ['line ends of Windows', 'jdbc.url=jdbc:postgresql://db.example.com/b\r\njdbc.user=u\r\n', 'b'],
    ['escapes', 'jdbc.url=jdbc\\:postgresql\\://db.example.com/b\\u00e4%20c\n', 'bä c'],
    ['a blank between key and value', 'jdbc.url jdbc:postgresql://db.example.com/b\n', 'b'],
  ])('understands %s', async (_what, text, database) => {
    lay(text);
    const { inputs } = await choose();
    expect(readPostgresqlOptions(inputs)).toMatchObject({ host: 'db.example.com', database });
  });

  test('sees no more than Java does of a line that begins with a byte order mark', async () => {
    lay('\u00ef\u00bb\u00bfjdbc.url=jdbc:postgresql://h/d\n');
    expect((await choose()).name).toBe('internal');
  });

  test.each<[string, string | (() => Promise<unknown>), string]>([
    [
      'is missing',
      async () => await Promise.resolve(),
      'holds no shared/bitbucket.properties and no bitbucket.properties',
    ],
    [
      'is a folder',
      async () => await Promise.resolve(mkdirSync(join(home, 'shared/bitbucket.properties'))),
      'cannot be read (it is not a file)',
    ],
    [
      'is a pipe',
      async () => await runProgram('mkfifo', [join(home, 'shared/bitbucket.properties')]),
      'cannot be read (it is not a file)',
    ],
    ['is far too large', '#'.repeat(1024 * 1024 + 1), 'cannot be read (it has 1048577 bytes)'],
    [
      'names Oracle',
      'jdbc.url=jdbc:oracle:thin:scott/tiger@db:1521:x\n',
      'names an Oracle database in jdbc.url, for which there is no strategy of its own; name the strategy with the inputs database-*, or use custom or none',
    ],
    [
      'names another driver',
      'jdbc.driver=org.postgresql.Driver\njdbc.url=jdbc:mysql://h/d\n',
      'names the driver org.postgresql.Driver',
    ],
  ])('says in one sentence, in preflight, when the file %s', async (_what, make, sentence) => {
    await (typeof make === 'string' ? lay(make) : make());
    const { name, used } = await choose();
    expect(name).toBeUndefined();
    expect(used.findings).toHaveLength(1);
    expect(used.findings[0]).toMatchObject({
      severity: 'error',
      subject: SUBJECT,
    });
    expect(used.findings[0]?.message).toContain(sentence);
    expect(used.findings[0]?.message).not.toContain('tiger');
    expect(used.told).toBeUndefined();
  });

  test('says so when the home does not exist, and leaves a wrong home-path to its own reader', async () => {
    expect(await said({ 'home-path': join(home, 'nowhere') })).toEqual([
      expect.stringContaining('holds no shared/bitbucket.properties'),
    ]);
    for (const path of ['', 'relative', '/a/../b', '/a\u0007']) {
      expect(await choose({ 'home-path': path })).toMatchObject({ name: undefined, used: { findings: [] } });
    }
  });

  test('is no choice without a home', async () => {
    const reader = readerOf({});
    await chooseDatabase(reader, 'auto', 'none');
    expect(() => reader.finish()).toThrow(
      "Input 'database-strategy' is 'auto', which looks into bitbucket.properties",
    );
  });

  test('asks for the password that is encrypted, unless it is given or another user logs in', async () => {
    lay(`${POSTGRESQL}jdbc.password.decrypter.classname=com.example.Cipher\n`);
    expect(await said()).toEqual([
      `error database-password: jdbc.password in '${home}/shared/bitbucket.properties' is encrypted (com.example.Cipher); give the password as input 'database-password'.`,
    ]);
    expect(await said({ 'database-password': 'plain' })).toEqual([]);
    expect(await said({ 'database-username': 'backup' })).toEqual([]);
    const { inputs } = await choose({ 'database-password': 'plain' });
    expect(readPostgresqlOptions(inputs).password).toBe('plain');
  });

  test('takes the internal database where no URL is, and no input of another one', async () => {
    lay('setup.displayName=x\n');
    const chosen = await choose();
    expect(chosen).toMatchObject({ name: 'internal', used: { findings: [] } });
    expect(chosen.used.told).toContain('the internal database');
    const findings = await said({ 'database-host': 'db', 'database-password': 'hunter2' });
    expect(findings.map((text) => text.split(':')[0])).toEqual([
      'error database-host',
      'error database-password',
    ]);
    expect(findings[0]).toContain("Input 'database-host' does not belong to the strategy 'internal'");
    expect(findings.join()).not.toContain('hunter2');
  });

  test('warns of what no client outside of Java can be told', async () => {
    lay(
      'jdbc.url=jdbc:postgresql://h/d?sslfactory=com.example.F&sslpassword=s3cret&socketFactory=x&loginTimeout=3\n',
    );
    const findings = await said();
    expect(findings).toHaveLength(3);
    expect(findings.join()).toMatch(/sslpassword.*socketFactory.*sslfactory/s);
    expect(findings.join()).not.toContain('s3cret');
  });
});

describe('inputs beside what Bitbucket uses', () => {
  test.each<[Record<string, string>, string]>([
    [{ 'database-host': 'other.example.com' }, "PostgreSQL 'bitbucket' at other.example.com:5433"],
    [{ 'database-port': '5432' }, "'bitbucket' at db.example.com:5432"],
    [{ 'database-name': 'other' }, "PostgreSQL 'other' at db.example.com:5433"],
    [{ 'database-host': '/run/postgresql' }, 'at /run/postgresql:5433'],
  ])('%j are warned of, and both are named', async (inputs, text) => {
    lay(POSTGRESQL);
    for (const wanted of ['auto', 'postgresql'] as const) {
      const findings = await said(inputs, wanted);
      expect(findings).toEqual([other(text)]);
      expect(findings[0]).toMatch(
        /^warning .*names PostgreSQL 'bitbucket' at db\.example\.com:5433, user 'atlbitbucket'/,
      );
    }
  });

  test.each<[string, Record<string, string>]>([
    [POSTGRESQL, {}],
    [POSTGRESQL, { 'database-host': 'DB.example.com', 'database-name': 'bitbucket' }],
    [POSTGRESQL, { 'database-username': 'backup' }],
    [POSTGRESQL.replace('db.example.com', 'localhost'), { 'database-host': '/run/postgresql' }],
    [POSTGRESQL.replace('db.example.com', 'localhost'), { 'database-host': '127.0.0.1' }],
    ['jdbc.url=jdbc:postgresql://a:1,b:2/d\n', { 'database-host': 'b', 'database-port': '2' }],
  ])('of %j nothing is said with %j', async (text, inputs) => {
    lay(text);
    expect(await said(inputs, 'postgresql')).toEqual([]);
  });

  test('another kind of database is warned of, a leftover internal one refused', async () => {
    lay('jdbc.url=jdbc:mysql://h/d\n');
    expect(await said({}, 'postgresql')).toEqual([
      other("warning database-strategy: Input 'database-strategy' is 'postgresql'"),
    ]);
    lay(POSTGRESQL);
    expect(await said({}, 'internal')).toEqual([
      other("error database-strategy: Input 'database-strategy' is 'internal'"),
    ]);
    lay('');
    expect(await said({}, 'postgresql')).toEqual([
      other('no jdbc.url, so that Bitbucket uses the internal database'),
    ]);
    expect(await said({}, 'internal')).toEqual([]);
    expect(await said({}, 'none')).toEqual([]);
  });

  test('a file that cannot be understood is no reason against a strategy that is named', async () => {
    expect(await said({}, 'postgresql')).toEqual([]);
    lay('jdbc.url=jdbc:oracle:thin:@h\n');
    expect(await said({}, 'postgresql')).toEqual([]);
  });
});

function answers(
  url: string,
  given: Partial<Parameters<typeof answersOf>[1]> = {},
): ReturnType<typeof answersOf> {
  return answersOf(networkOf(url), {
    host: undefined,
    port: undefined,
    database: undefined,
    username: undefined,
    hasPassword: false,
    ...given,
  });
}

function networkOf(url: string): NetworkDatabase {
  const found = usedDatabase(propertiesIn(`jdbc.url=${url}\njdbc.user=u\njdbc.password=p\n`));
  if ('problem' in found || found.kind === 'internal') {
    throw new Error('problem' in found ? found.problem : found.kind);
  }
  return found;
}

describe('answers to the inputs', () => {
  const base = { 'database-username': 'u', 'database-password': 'p' };

  test.each<[string, Record<string, string>, Record<string, string>]>([
    [
      'jdbc:postgresql://a:5432,b:5433/d?targetServerType=primary',
      { 'database-host': 'a,b', 'database-name': 'd' },
      { port: '5432,5433', target_session_attrs: 'read-write' },
    ],
    [
      'jdbc:postgresql://a,[::1]/d?targetServerType=preferSecondary',
      { 'database-host': 'a,::1', 'database-port': '5432', 'database-name': 'd' },
      { target_session_attrs: 'prefer-standby' },
    ],
    [
      'jdbc:postgresql://h/d?sslmode=verify-ca&sslrootcert=/etc/ca.pem&currentSchema=x&loadBalanceHosts=true&targetServerType=primary',
      { 'database-host': 'h', 'database-port': '5432', 'database-name': 'd' },
      { sslmode: 'verify-ca', sslrootcert: '/etc/ca.pem' },
    ],
    [
      'jdbc:postgresql://h/d?ssl=true',
      { 'database-host': 'h', 'database-port': '5432', 'database-name': 'd' },
      { sslmode: 'verify-full' },
    ],
    [
      'jdbc:postgresql://h/d?ssl',
      { 'database-host': 'h', 'database-port': '5432', 'database-name': 'd' },
      { sslmode: 'verify-full' },
    ],
    [
      'jdbc:postgresql://h/d?ssl=false',
      { 'database-host': 'h', 'database-port': '5432', 'database-name': 'd' },
      {},
    ],
    [
      'jdbc:postgresql://h/d?ssl=true&sslfactory=org.postgresql.ssl.NonValidatingFactory',
      { 'database-host': 'h', 'database-port': '5432', 'database-name': 'd' },
      { sslmode: 'require' },
    ],
    [
      'jdbc:mysql://h:3307/d?useSSL=true&requireSSL=true',
      { 'database-host': 'h', 'database-port': '3307', 'database-name': 'd' },
      { 'ssl-mode': 'REQUIRED' },
    ],
    [
      'jdbc:mariadb://h/d?sslMode=verify-full&serverSslCert=/etc/ca.pem',
      { 'database-host': 'h', 'database-port': '3306', 'database-name': 'd' },
      { 'ssl-mode': 'VERIFY_IDENTITY', 'ssl-ca': '/etc/ca.pem' },
    ],
    [
      'jdbc:mysql://h/d?useSSL=false',
      { 'database-host': 'h', 'database-port': '3306', 'database-name': 'd' },
      { 'ssl-mode': 'DISABLED' },
    ],
    [
      'jdbc:sqlserver://h:1444;databaseName=d;encrypt=true;trustServerCertificate=true',
      { 'database-host': 'h', 'database-port': '1444', 'database-name': 'd' },
      { encrypt: 'true', trustservercertificate: 'true' },
    ],
    ['jdbc:sqlserver://h\\\\i;databaseName=d', { 'database-host': 'h\\i', 'database-name': 'd' }, {}],
    [
      'jdbc:jtds:sqlserver://h:1444/d;ssl=require',
      { 'database-host': 'h', 'database-port': '1444', 'database-name': 'd' },
      { encrypt: 'true' },
    ],
  ])('from %s', (url, values, parameters) => {
    expect(answers(url)).toEqual({ values: { ...base, ...values }, parameters, ignored: [] });
  });

  test('a host or a port that is given replaces the whole list', () => {
    const url = 'jdbc:postgresql://a:5432,b:5433/d';
    expect(answers(url, { host: 'c' }).parameters).toEqual({});
    expect(answers(url, { host: 'c' }).values).not.toHaveProperty('database-port');
    expect(answers(url, { port: '7' }).parameters).toEqual({});
    expect(answers(url, { port: '7' }).values['database-host']).toBe('a,b');
  });
});
