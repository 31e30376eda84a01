import { assert, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quoteName, quoteText } from '../../../../src/database/mssql/t-sql.ts';
import { parseBatch } from '../../../support/mssql/statements.ts';
import { tokensOf } from '../../../support/mssql/tokens.ts';

/** Everything but what sqlcmd would read as the end of a line. */
const text = string({ unit: 'binary', minLength: 1, maxLength: 100 }).filter(
  (value) => !/[\p{Cc}\u2028\u2029]/u.test(value),
);

const ODD = [
  "it's",
  "''",
  ']',
  ']]',
  '[x]',
  '--',
  '/* */',
  '$(x)',
  '-U',
  'ünï',
  '"',
  '\\',
  '%',
  ';',
  "N'",
  '] ; DROP',
];

describe('names and values', () => {
  test.each(ODD)('%s is one name and one string', (value) => {
    expect(tokensOf(quoteName(value))).toEqual([{ kind: 'name', text: value }]);
    expect(tokensOf(quoteText(value))).toEqual([{ kind: 'string', text: value }]);
  });

  test('whatever it holds, it is one name and one string, with other tokens on both sides', () => {
    assert(
      property(text, text, (name, value) => {
        expect(tokensOf(`USE ${quoteName(name)};${quoteText(value)},1`)).toEqual([
          { kind: 'word', text: 'USE' },
          { kind: 'name', text: name },
          { kind: 'mark', text: ';' },
          { kind: 'string', text: value },
          { kind: 'mark', text: ',' },
          { kind: 'number', text: '1' },
        ]);
      }),
    );
  });

  test('no path or name can become a statement of its own', () => {
    assert(
      property(text, text, (name, path) => {
        const [statement, ...more] = parseBatch(`DROP DATABASE ${quoteName(name)};`);
        expect([statement, more]).toEqual([{ kind: 'drop database', database: name }, []]);
        expect(parseBatch(`RESTORE HEADERONLY FROM DISK = ${quoteText(path)};`)).toMatchObject([
          { kind: 'headeronly', device: path },
        ]);
      }),
    );
  });

  test.each(['a\nGO\nDROP DATABASE x', 'a\r:r /etc/passwd', 'a\u0000', 'a\u2028b', 'a\u0085b'])(
    '%j, which sqlcmd could read as a line of its own, is refused',
    (value) => {
      expect(() => quoteName(value)).toThrow('control character');
      expect(() => quoteText(value)).toThrow('control character');
    },
  );
});

describe('the stand-in reads strictly', () => {
  test.each([
    'BACKUP DATABASE [x] TO DISK = N',
    "BACKUP DATABASE [x] TO 'file'",
    "BACKUP DATABASE [x] TO DISK = N'f' WITH CHECKSUMS",
    "BACKUP DATABASE [x] TO DISK = N'f' WITH INIT, NOINIT",
    "BACKUP DATABASE [x] TO DISK = N'f' WITH INIT,",
    "BACKUP DATABASE [x] TO DISK = N'f' WITH MOVE N'a' TO N'b'",
    "RESTORE DATABASE [x] FROM DISK = N'f' WITH RECOVERY, NORECOVERY",
    "RESTORE DATABASE [x] FROM DISK = N'f' WITH DIFFERENTIAL",
    "RESTORE HEADERONLY FROM DISK = N'f' WITH STATS = 5",
    "RESTORE VERIFYONLY DISK = N'f'",
    'ALTER DATABASE [x] SET ALONE',
    'DROP DATABASE IF [x]',
    "IF DB_ID(N'x') DROP DATABASE [x]",
    'SELECT name FROM databases',
    "USE 'x'",
    "SELECT 'open",
    'DELETE FROM dbo.project',
    'DROP DATABASE [x] -- a comment',
  ])('%s is a syntax error', (sql) => {
    expect(() => parseBatch(sql)).toThrow(/Incorrect syntax|Unclosed quotation/);
  });
});
