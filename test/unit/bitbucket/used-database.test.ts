import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { propertiesIn } from '../../../src/bitbucket/properties.ts';
import {
  type NetworkDatabase,
  type UsedDatabase,
  usedDatabase,
} from '../../../src/bitbucket/used-database.ts';

function used(text: string): UsedDatabase {
  const found = usedDatabase(propertiesIn(text));
  if ('problem' in found) {
    throw new Error(found.problem);
  }
  return found;
}

function network(url: string, more = 'jdbc.user=u\njdbc.password=p\n'): NetworkDatabase {
  const found = used(`jdbc.url=${url}\n${more}`);
  if (found.kind === 'internal') {
    throw new Error('internal');
  }
  return found;
}

function problem(text: string): string {
  const found = usedDatabase(propertiesIn(text));
  return 'problem' in found ? found.problem : 'none';
}

describe('the internal database', () => {
  test.each([
    [''],
    ['setup.displayName=Bitbucket\n'],
    ['jdbc.url=\n'],
    ['#jdbc.url=jdbc:postgresql://h/d\n'],
    ['! jdbc.url=jdbc:postgresql://h/d\n'],
    ['jdbc.driver=org.h2.Driver\n'],
    ['jdbc.url=jdbc:h2:${bitbucket.shared.home}/data/db;DB_CLOSE_DELAY=-1\n'],
    ['jdbc.driver=org.h2.Driver\njdbc.url=jdbc\\:h2\\:/var/home/shared/data/db;MVCC=TRUE\n'],
    ['jdbc.url=jdbc:postgresql://h/d\njdbc.url=\n'],
  ])('is used with %j', (text) => {
    expect(used(text)).toEqual({ kind: 'internal' });
  });
});

describe('PostgreSQL', () => {
  test.each<[string, readonly [string, number][], string | undefined]>([
    ['jdbc:postgresql://db.example.com:5433/bitbucket', [['db.example.com', 5433]], 'bitbucket'],
    ['jdbc:postgresql://db.example.com/bitbucket', [['db.example.com', 5432]], 'bitbucket'],
    [
      'jdbc:postgresql://a:5432,b:5433/db',
      [
        ['a', 5432],
        ['b', 5433],
      ],
      'db',
    ],
    [
      'jdbc:postgresql://a,b,[::1]:7/db',
      [
        ['a', 5432],
        ['b', 5432],
        ['::1', 7],
      ],
      'db',
    ],
    ['jdbc:postgresql://[2001:db8::7]/db', [['2001:db8::7', 5432]], 'db'],
    ['jdbc:postgresql://[fe80::1%eth0]:1/db', [['fe80::1%eth0', 1]], 'db'],
    ['jdbc:postgresql:bitbucket', [['localhost', 5432]], 'bitbucket'],
    ['jdbc:postgresql:///bitbucket', [['localhost', 5432]], 'bitbucket'],
    ['jdbc:postgresql://:5433/bitbucket', [['localhost', 5433]], 'bitbucket'],
    // Without one the driver takes the name of the user.
    ['jdbc:postgresql://h/', [['h', 5432]], 'u'],
    ['jdbc:postgresql://h', [['h', 5432]], 'u'],
    ['jdbc:postgresql://h/a%20b%2Fc%C3%A4+d%2Be', [['h', 5432]], 'a b/cä d+e'],
    ['jdbc:postgresql://h/100%', [['h', 5432]], '100%'],
    ['jdbc:postgresql://h/d?sslmode=require&&x', [['h', 5432]], 'd'],
  ])('%s', (url, servers, database) => {
    expect(network(url)).toMatchObject({
      kind: 'postgresql',
      servers: servers.map(([host, port]) => ({ host, port })),
      database,
      user: 'u',
      password: 'p',
    });
  });

  test('what the URL says of user and password counts more for the driver', () => {
    const url = 'jdbc:postgresql://h/d?user=url%20user&password=url%26pass';
    expect(network(url)).toMatchObject({ user: 'url user', password: 'url&pass' });
  });

  test.each(['PGHOST=x', 'PGPORT=1', 'host=x', 'PGDBNAME=x', 'service=prod'])(
    'a URL with the parameter %s leads elsewhere than it looks',
    (option) => {
      expect(problem(`jdbc.url=jdbc:postgresql://h/d?ssl=true&${option}\n`)).toContain(
        `has the parameter ${option.split('=')[0] ?? ''} in jdbc.url`,
      );
    },
  );
});

describe('MySQL and MariaDB', () => {
  test.each<[string, string, number, string]>([
    ['jdbc:mysql://db:3307/bitbucket?useUnicode=true&characterEncoding=utf8', 'db', 3307, 'bitbucket'],
    ['jdbc:mysql://db/bitbucket', 'db', 3306, 'bitbucket'],
    ['jdbc:mariadb://db/bitbucket', 'db', 3306, 'bitbucket'],
    ['jdbc:mysql:///bitbucket', 'localhost', 3306, 'bitbucket'],
    ['jdbc:mysql://[::1]:3306/b%20b+c', '::1', 3306, 'b b+c'],
  ])('%s', (url, host, port, database) => {
    expect(network(url)).toMatchObject({
      kind: 'mysql',
      servers: [{ host, port }],
      database,
      user: 'u',
      password: 'p',
    });
  });

  test('what stands beside the URL counts more, and the URL where nothing does', () => {
    const url = 'jdbc:mysql://h/d?user=in-url&password=in-url-too';
    expect(network(url)).toMatchObject({ user: 'u', password: 'p' });
    expect(network(url, '')).toMatchObject({ user: 'in-url', password: 'in-url-too' });
  });

  test.each([
    ['jdbc:mysql://a,b/d', 'several servers in jdbc.url (a:3306, b:3306)'],
    ['jdbc:mysql:replication://a,b/d', 'several servers'],
    ['jdbc:mariadb:sequential://a/d', 'several servers'],
    ['jdbc:mysql://address=(host=a)(port=1)/d', "begins with 'jdbc:mysql:'"],
    ['jdbc:mysql://h/', 'names no database'],
    ['jdbc:mysql://h', 'names no database'],
  ])('%s cannot be used', (url, said) => {
    expect(problem(`jdbc.url=${url}\n`)).toContain(said);
  });
});

describe('SQL Server', () => {
  test.each<[string, object]>([
    [
      'jdbc:sqlserver://db:1444;databaseName=bitbucket;encrypt=true',
      { servers: [{ host: 'db', port: 1444 }], database: 'bitbucket', instance: undefined },
    ],
    ['jdbc:sqlserver://db;DatabaseName=b', { servers: [{ host: 'db', port: 1433 }], database: 'b' }],
    ['jdbc:sqlserver://db;database=b;', { database: 'b' }],
    // In the file a backslash is written twice.
    [
      'jdbc:sqlserver://db\\\\inst;databaseName=b',
      { servers: [{ host: 'db', port: 1433 }], instance: 'inst', database: 'b' },
    ],
    [
      'jdbc:sqlserver://db\\\\inst:1444;databaseName=b',
      { instance: undefined, servers: [{ host: 'db', port: 1444 }] },
    ],
    ['jdbc:sqlserver://;serverName=db;portNumber=7;databaseName=b', { servers: [{ host: 'db', port: 7 }] }],
    ['jdbc:sqlserver://db;databaseName={a;b}}c=d};encrypt=false', { database: 'a;b}c=d' }],
    ['jdbc:sqlserver://[::1]:1433;databaseName=b', { servers: [{ host: '::1', port: 1433 }] }],
    [
      'jdbc:jtds:sqlserver://db:1444/bitbucket',
      { servers: [{ host: 'db', port: 1444 }], database: 'bitbucket' },
    ],
    ['jdbc:jtds:sqlserver://db/b;instance=inst', { instance: 'inst', database: 'b' }],
    ['jdbc:jtds:sqlserver://db;databaseName=b', { database: 'b' }],
  ])('%s', (url, expected) => {
    expect(network(url)).toMatchObject({ kind: 'mssql', user: 'u', password: 'p', ...expected });
  });

  test.each(['jdbc:sqlserver://db;databaseName={a', 'jdbc:sqlserver://db:port;databaseName=b'])(
    '%s is malformed',
    (url) => {
      expect(problem(`jdbc.url=${url}\n`)).toContain("begins with 'jdbc:sqlserver:'");
    },
  );
});

describe('what nobody can use', () => {
  test.each([
    ['jdbc.url=jdbc:oracle:thin:@//db:1521/x\n', 'Oracle'],
    ['jdbc.url=jdbc:oracle:thin:scott/tiger@db:1521:x\n', 'Oracle'],
    ['jdbc.url=jdbc:aws-wrapper:postgresql://h/d\n', "begins with 'jdbc:aws-wrapper:postgresql:'"],
    ['jdbc.url=jdbc:hsqldb:file:/x\n', "begins with 'jdbc:hsqldb:file:'"],
    ['jdbc.url=jdbc:h2:/elsewhere/db2\n', 'H2 database in jdbc.url that is not the one in the home'],
    ['jdbc.url=jdbc:h2:tcp://h/data/db\n', 'H2 database'],
    ['jdbc.url=postgresql://user:s3cret@h/d\n', "begins with 'postgresql:'"],
    ['jdbc.url=s3cret\n', 'something else than jdbc:'],
    ['jdbc.url=jdbc:postgresql://${DB_HOST}/d\n', 'placeholder'],
    ['jdbc.url=jdbc:postgresql://user:s3cret@h/d\n', "begins with 'jdbc:postgresql:'"],
    ['jdbc.url=jdbc:postgresql://h:99999/d\n', 'cannot be understood'],
    ['jdbc.url=jdbc:postgresql://h:0/d\n', 'cannot be understood'],
    [
      'jdbc.driver=org.postgresql.Driver\n',
      'names the driver org.postgresql.Driver in jdbc.driver and no jdbc.url',
    ],
    [
      'jdbc.driver=com.mysql.jdbc.Driver\njdbc.url=jdbc:postgresql://h/d\n',
      "names the driver com.mysql.jdbc.Driver in jdbc.driver, and jdbc.url begins with 'jdbc:postgresql:'",
    ],
    ['jdbc.driver=org.h2.Driver\njdbc.url=jdbc:mysql://h/d\n', 'org.h2.Driver'],
  ])('%j is told', (text, said) => {
    expect(problem(text)).toContain(said);
    expect(problem(text)).not.toMatch(/s3cret|tiger/);
  });

  test.each([
    'com.mysql.cj.jdbc.Driver',
    'com.mysql.jdbc.Driver',
    'org.mariadb.jdbc.Driver',
    'com.example.WrappingDriver',
  ])('the driver %s is none of that', (driver) => {
    expect(problem(`jdbc.driver=${driver}\njdbc.url=jdbc:mysql://h/d\n`)).toBe('none');
  });
});

describe('passwords', () => {
  test('that are encrypted are told as that', () => {
    const more =
      'jdbc.user=u\njdbc.password=c2VjcmV0\njdbc.password.decrypter.classname=com.example.Base64Cipher\n';
    expect(network('jdbc:postgresql://h/d', more).decrypter).toBe('com.example.Base64Cipher');
    expect(network('jdbc:postgresql://h/d', 'jdbc.password={ATL_SECURED}\n').decrypter).toBe(
      'a secret store',
    );
    expect(network('jdbc:postgresql://h/d').decrypter).toBeUndefined();
  });

  test.each([
    ['jdbc.password=\\u00e4\\ \\=x', 'ä =x'],
    ['jdbc.password = p w ', 'p w '],
    ['jdbc.password: p', 'p'],
    ['jdbc.password p', 'p'],
    ['jdbc.password=a\\\n   b', 'ab'],
    ['jdbc.password=first\njdbc.password=second', 'second'],
    ['\\u006adbc.password=p', 'p'],
    ['jdbc.password=p#!;$%&\'"', 'p#!;$%&\'"'],
    ['jdbc.password=\\\\', '\\'],
    // Bytes of UTF-8, which Java reads as latin1.
    ['jdbc.password=\u00c3\u00a4', '\u00c3\u00a4'],
  ])('are read by the rules of Java: %j', (line, password) => {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = `jdbc.url=jdbc\\:postgresql\\://h/d\n${line}\n`.replaceAll('\n', end);
      const found = used(text);
      expect(found).toMatchObject({ password });
    }
  });
});

test('whatever a URL holds, it is understood or told in one line without it', () => {
  const part = fc.string({ unit: 'grapheme', maxLength: 12 });
  const head = fc.constantFrom(
    'jdbc:postgresql:',
    'jdbc:mysql:',
    'jdbc:sqlserver:',
    'jdbc:jtds:sqlserver:',
    'jdbc:',
    '',
  );
  fc.assert(
    fc.property(head, part, part, part, (scheme, host, name, options) => {
      const url = `${scheme}//${host}/${name}?${options};password=5ecret-5ecret`;
      const found = usedDatabase(new Map([['jdbc.url', url]]));
      const said = 'problem' in found ? found.problem : '';
      const ports = 'servers' in found ? found.servers.map(({ port }) => port) : [];
      expect(said).not.toContain('5ecret');
      expect(ports.filter((port) => port < 1 || port > 65_535)).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});
