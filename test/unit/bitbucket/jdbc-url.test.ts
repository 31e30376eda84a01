import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jdbcUrlFor, leadsTo, type JdbcTarget } from '../../../src/bitbucket/jdbc-url.ts';

const DB: JdbcTarget = { kind: 'postgresql', host: 'db.example.com', port: 5432, database: 'bitbucket' };

describe('a URL leads to a database', () => {
  test.each<[string, Partial<JdbcTarget>]>([
    ['jdbc:postgresql://db.example.com:5432/bitbucket', {}],
    ['jdbc:postgresql://db.example.com/bitbucket', {}],
    ['jdbc:postgresql://DB.Example.com/bitbucket', {}],
    ['jdbc:postgresql://db.example.com:5432/bitbucket?targetServerType=master&ssl=true', {}],
    ['jdbc:postgresql://db.example.com:6432/bitbucket', { port: 6432 }],
    ['jdbc:postgresql://db.example.com/bit%20b%C3%BCcket', { database: 'bit bücket' }],
    ['jdbc:postgresql://db.example.com/100%', { database: '100%' }],
    ['jdbc:postgresql:bitbucket', { host: 'localhost' }],
    ['jdbc:postgresql:bitbucket?ssl=true', { host: '127.0.0.1' }],
    ['jdbc:postgresql:///bitbucket', { host: undefined }],
    ['jdbc:postgresql://localhost/bitbucket', { host: undefined }],
    ['jdbc:postgresql://127.0.0.1/bitbucket', { host: 'localhost' }],
    ['jdbc:postgresql://[::1]:5432/bitbucket', { host: 'localhost' }],
    ['jdbc:postgresql://[::1]/bitbucket', { host: '::1' }],
    ['jdbc:postgresql://[2001:db8::7]:5433/bitbucket', { host: '2001:db8::7', port: 5433 }],
    ['jdbc:postgresql://[2001:DB8::7]/bitbucket', { host: '[2001:db8::7]' }],
  ])('%s to %j', (url, target) => {
    expect(leadsTo(url, { ...DB, ...target })).toBe(true);
  });

  test.each<[string, Partial<JdbcTarget>]>([
    ['jdbc:postgresql://other.example.com:5432/bitbucket', {}],
    ['jdbc:postgresql://db.example.com:5433/bitbucket', {}],
    ['jdbc:postgresql://db.example.com/Bitbucket', {}],
    ['jdbc:postgresql://db.example.com/bitbucket2', {}],
    ['jdbc:postgresql://db.example.com/', {}],
    ['jdbc:postgresql://db.example.com', {}],
    ['jdbc:postgresql://db.example.com/bitbucket/', {}],
    ['jdbc:postgresql://db.example.com,standby.example.com/bitbucket', {}],
    ['jdbc:postgresql://db.example.com:5432,db.example.com:5433/bitbucket', {}],
    ['jdbc:postgresql://db.example.com:/bitbucket', {}],
    ['jdbc:postgresql://db.example.com/bitbucket', { host: undefined }],
    ['jdbc:postgresql:bitbucket', {}],
    ['jdbc:postgresql://[2001:db8::8]/bitbucket', { host: '2001:db8::7' }],
    ['jdbc:mysql://db.example.com:5432/bitbucket', {}],
    ['jdbc:oracle:thin:@//db.example.com:5432/bitbucket', {}],
    ['jdbc:aws-wrapper:postgresql://db.example.com/bitbucket', {}],
    ['postgresql://db.example.com/bitbucket', {}],
    [' jdbc:postgresql://db.example.com/bitbucket', {}],
    ['', {}],
    // Options of the driver that say otherwise than what stands before them.
    ['jdbc:postgresql://db.example.com/bitbucket?PGHOST=prod.example.com', {}],
    ['jdbc:postgresql://db.example.com/bitbucket?ssl=true&PGPORT=6432', {}],
    ['jdbc:postgresql://db.example.com/bitbucket?PGDBNAME=prod', {}],
    ['jdbc:postgresql://db.example.com/bitbucket?host=prod.example.com', {}],
    ['jdbc:postgresql://db.example.com/bitbucket?ssl=true&dbname=prod', {}],
    ['jdbc:postgresql://db.example.com/bitbucket?service=prod', {}],
  ])('%s not to %j', (url, target) => {
    expect(leadsTo(url, { ...DB, ...target })).toBe(false);
  });
});

describe('the URL of a database', () => {
  test.each<[string, Partial<JdbcTarget>, string | undefined, string]>([
    ['of a host', {}, undefined, 'jdbc:postgresql://db.example.com:5432/bitbucket'],
    [
      'of a socket, which JDBC cannot use',
      { host: undefined },
      undefined,
      'jdbc:postgresql://localhost:5432/bitbucket',
    ],
    ['of IPv6', { host: '2001:db8::7' }, undefined, 'jdbc:postgresql://[2001:db8::7]:5432/bitbucket'],
    [
      'of an odd name',
      { database: 'a/b?c d+ü' },
      undefined,
      'jdbc:postgresql://db.example.com:5432/a%2Fb%3Fc%20d%2B%C3%BC',
    ],
    [
      'with the options of the one before',
      {},
      'jdbc:postgresql://prod/bitbucket?ssl=true&sslmode=verify-full',
      'jdbc:postgresql://db.example.com:5432/bitbucket?ssl=true&sslmode=verify-full',
    ],
    [
      'with the options of a short one before',
      {},
      'jdbc:postgresql:bitbucket?ssl=true',
      'jdbc:postgresql://db.example.com:5432/bitbucket?ssl=true',
    ],
    [
      'without what leads elsewhere',
      {},
      'jdbc:postgresql://h/d?PGHOST=prod&ssl=true&port=1&service=prod&sslmode=require',
      'jdbc:postgresql://db.example.com:5432/bitbucket?ssl=true&sslmode=require',
    ],
    [
      'without any option when all lead elsewhere',
      {},
      'jdbc:postgresql://h/d?PGHOST=prod',
      'jdbc:postgresql://db.example.com:5432/bitbucket',
    ],
    [
      'without the options of another driver',
      {},
      'jdbc:mysql://prod/bitbucket?useUnicode=true',
      'jdbc:postgresql://db.example.com:5432/bitbucket',
    ],
    ['in place of nonsense', {}, 'nonsense?a=b', 'jdbc:postgresql://db.example.com:5432/bitbucket'],
  ])('is %s', (_what, target, before, url) => {
    expect(jdbcUrlFor({ ...DB, ...target }, before)).toBe(url);
  });

  test('always leads there, whatever it is called', () => {
    const host = fc.constantFrom(
      undefined,
      'localhost',
      'DB.example.com',
      '10.0.0.1',
      '::1',
      '2001:db8::7',
      '[::1]',
    );
    const before = fc.constantFrom(
      undefined,
      'jdbc:postgresql:x?ssl=true',
      'jdbc:postgresql://a,b/x?host=c',
      'x',
    );
    fc.assert(
      fc.property(
        host,
        fc.integer({ min: 1, max: 65_535 }),
        fc.string({ unit: 'grapheme', minLength: 1 }),
        before,
        (...given) => {
          const [where, port, database, old] = given;
          const target = { ...DB, host: where, port, database };
          expect(leadsTo(jdbcUrlFor(target, old), target)).toBe(true);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

const MYSQL: JdbcTarget = { kind: 'mysql', host: 'db.example.com', port: 3306, database: 'bitbucket' };
const MSSQL: JdbcTarget = { kind: 'mssql', host: 'db.example.com', port: 1433, database: 'bitbucket' };

describe('MySQL, MariaDB and SQL Server', () => {
  test.each<[string, JdbcTarget]>([
    ['jdbc:mysql://db.example.com/bitbucket?useUnicode=true', MYSQL],
    ['jdbc:mariadb://DB.example.com:3306/bitbucket', MYSQL],
    ['jdbc:mysql://localhost:3307/b%20c', { ...MYSQL, host: undefined, port: 3307, database: 'b c' }],
    ['jdbc:sqlserver://db.example.com;databaseName=BitBucket;encrypt=true', MSSQL],
    ['jdbc:sqlserver://db.example.com:1433;database={bitbucket}', MSSQL],
    ['jdbc:sqlserver://;serverName=db.example.com;databaseName=bitbucket', MSSQL],
    ['jdbc:sqlserver://db.example.com\\i:1433;databaseName=bitbucket', MSSQL],
    ['jdbc:jtds:sqlserver://db.example.com/bitbucket;ssl=require', MSSQL],
  ])('%s leads to %j', (url, target) => {
    expect(leadsTo(url, target)).toBe(true);
  });

  test.each<[string, JdbcTarget]>([
    ['jdbc:mysql://db.example.com/Bitbucket', MYSQL],
    ['jdbc:mysql://db.example.com,other/bitbucket', MYSQL],
    ['jdbc:mysql:replication://db.example.com/bitbucket', MYSQL],
    ['jdbc:mysql://db.example.com:3307/bitbucket', MYSQL],
    ['jdbc:postgresql://db.example.com:3306/bitbucket', MYSQL],
    // Which port it has only the server knows.
    ['jdbc:sqlserver://db.example.com\\i;databaseName=bitbucket', MSSQL],
    ['jdbc:sqlserver://db.example.com;databaseName=other', MSSQL],
    ['jdbc:sqlserver://db.example.com', MSSQL],
    ['jdbc:mysql://db.example.com:1433/bitbucket', MSSQL],
  ])('%s does not lead to %j', (url, target) => {
    expect(leadsTo(url, target)).toBe(false);
  });

  test.each<[JdbcTarget, string | undefined, string | undefined, string]>([
    [
      MYSQL,
      undefined,
      undefined,
      'jdbc:mysql://db.example.com:3306/bitbucket?useUnicode=true&characterEncoding=utf8',
    ],
    [MYSQL, undefined, 'org.mariadb.jdbc.Driver', 'jdbc:mariadb://db.example.com:3306/bitbucket'],
    [
      MYSQL,
      'jdbc:mariadb://prod/x?sslMode=trust',
      undefined,
      'jdbc:mariadb://db.example.com:3306/bitbucket?sslMode=trust',
    ],
    [
      MYSQL,
      'jdbc:mysql:replication://a,b/x?useSSL=true',
      undefined,
      'jdbc:mysql://db.example.com:3306/bitbucket?useSSL=true',
    ],
    [MSSQL, undefined, undefined, 'jdbc:sqlserver://db.example.com:1433;databaseName=bitbucket'],
    [
      MSSQL,
      undefined,
      'net.sourceforge.jtds.jdbc.Driver',
      'jdbc:jtds:sqlserver://db.example.com:1433/bitbucket',
    ],
    [
      MSSQL,
      'jdbc:sqlserver://prod\\i;DatabaseName=x;encrypt=true;portNumber=7;instanceName=j',
      undefined,
      'jdbc:sqlserver://db.example.com:1433;databaseName=bitbucket;encrypt=true',
    ],
    [
      MSSQL,
      'jdbc:jtds:sqlserver://prod/x;instance=i;ssl=require',
      undefined,
      'jdbc:jtds:sqlserver://db.example.com:1433/bitbucket;ssl=require',
    ],
    [
      { ...MSSQL, database: 'a;b}c' },
      undefined,
      undefined,
      'jdbc:sqlserver://db.example.com:1433;databaseName={a;b}}c}',
    ],
  ])('the URL for %j in place of %s with the driver %s', (target, before, driver, url) => {
    expect(jdbcUrlFor(target, before, driver)).toBe(url);
    expect(leadsTo(url, target)).toBe(true);
  });

  test('always lead there, whatever it is called', () => {
    const before = fc.constantFrom(
      undefined,
      'x',
      'jdbc:mysql://a,b/x?c=d',
      'jdbc:sqlserver://a;databaseName={b;c};encrypt=true',
    );
    fc.assert(
      fc.property(
        fc.constantFrom(MYSQL, MSSQL),
        fc.integer({ min: 1, max: 65_535 }),
        fc.string({ unit: 'grapheme', minLength: 1 }),
        before,
        (base, port, database, old) => {
          const target = { ...base, port, database };
          expect(leadsTo(jdbcUrlFor(target, old), target)).toBe(true);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
