import { expect, it } from 'vitest';
import { CommandError } from '../../../../src/host/command-error.ts';
import { clientErrors, errorNumber, wordsOf } from '../../../../src/database/mysql/client-errors.ts';
import { tableBegun } from '../../../../src/database/mysql/dumped-tables.ts';
import { parseRows } from '../../../../src/database/mysql/rows.ts';
import { quoteName, quoteText } from '../../../../src/database/mysql/sql-text.ts';

const failed = (...stderr: string[]) =>
  new CommandError('COMMAND_FAILED', 'x failed.', { program: 'x', exitCode: 1, signal: null, stderr });

it('reads rows with special characters in them', () => {
  const [row] = parseRows('a\\tb\\\\n\\nc\t12\tNULL\t1\n');
  expect(row?.text(0)).toBe('a\tb\\n\nc');
  expect(row?.number(1)).toBe(12);
  expect(row?.optionalText(2)).toBeUndefined();
  expect(row?.boolean(3)).toBe(true);
  expect(() => row?.number(0)).toThrow('no usable value in column 1');
  expect(() => row?.text(4)).toThrow('no usable value in column 5');
});

it('quotes names and values', () => {
  expect(quoteName('a`b')).toBe('`a``b`');
  expect(quoteText("a'b\\c\nd")).toBe("'a\\'b\\\\c\\nd'");
});

it('reads errors of the clients', () => {
  expect(
    clientErrors([
      "ERROR 1045 (28000): Access denied for user 'x'@'y' (using password: YES)",
      "ERROR 1146 (42S02) at line 3: Table 'a.b' doesn't exist",
      'something else',
    ]),
  ).toEqual([
    { number: 1045, line: undefined, words: "Access denied for user 'x'@'y' (using password: YES)" },
    { number: 1146, line: 3, words: "Table 'a.b' doesn't exist" },
  ]);
});

it.each([
  ['mysqldump: Got error: 1045: "Access denied for user" when trying to connect', 1045],
  [
    'mysqldump: Error 1412: Table definition has changed, please retry transaction when dumping table `x` at row: 0',
    1412,
  ],
  ["mysqldump: Couldn't execute 'show create table `x`': Table 'a.x' doesn't exist (1146)", 1146],
  ['mysqldump: Error 2013: Lost connection to server during query when dumping table `x` at row: 3', 2013],
  ['mysqldump: bit has insufficient privileges to SHOW CREATE PROCEDURE `p`!', undefined],
])('finds the number in what the dump programs say: %s', (line, number) => {
  expect(errorNumber(failed('-- Retrieving rows...', line))).toBe(number);
  expect(wordsOf(failed('-- Retrieving rows...', line))).toBe(line.replace('mysqldump: ', ''));
});

it('tells no statement that failed, nor a warning', () => {
  const words = wordsOf(
    failed(
      "Warning: mariadb: unknown variable 'x'",
      '--------------',
      "INSERT INTO x VALUES ('error secret')",
      'ERROR 1062 (23000) at line 9: Duplicate entry',
    ),
  );
  expect(words).toBe('Duplicate entry');
});

it('knows the table that a dump comes to', () => {
  expect(tableBegun('-- Retrieving table structure for table odd name...')).toBe('odd name');
  expect(tableBegun('-- Starting transaction...')).toBeUndefined();
  expect(tableBegun('-- Retrieving view structure for table x...')).toBeUndefined();
});
