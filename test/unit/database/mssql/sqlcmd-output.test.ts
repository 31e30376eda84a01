import { describe, expect, test } from 'vitest';
import { parseOutput, SEPARATOR } from '../../../../src/database/mssql/sqlcmd-output.ts';

const lines = (text: string): string[] => text.replaceAll('|', SEPARATOR).split('\n');

describe('what sqlcmd prints', () => {
  test('result sets are read by their column names, whatever their order and case', () => {
    const { results, errors } = parseOutput(lines('a|B\n-|-\n1|x y\nNULL|z\nid|name|c\n--|----|-\n3|4|5'));
    expect(errors).toEqual([]);
    expect(results.map((rows) => rows.length)).toEqual([2, 1]);
    expect(results[0]?.map((row) => [row.text('A'), row.text('b')])).toEqual([
      ['1', 'x y'],
      ['', 'z'],
    ]);
    expect(results[1]?.[0]?.number('id')).toBe(3);
  });

  test('empty sets, and the empty lines of the new sqlcmd', () => {
    const { results } = parseOutput(lines('a|b\n-|-\n\nc|d|e\n-|-|-\n1|2|3\n\n'));
    expect(results.map((rows) => rows.length)).toEqual([0, 1]);
  });

  test('a value with a line break in it', () => {
    const broken = parseOutput(lines('a|b|c\n-|-|-\n1|two\nlines|3\n4|5|6'));
    expect(broken.results[0]?.map((row) => [row.text('a'), row.text('b'), row.text('c')])).toEqual([
      ['1', 'two\nlines', '3'],
      ['4', '5', '6'],
    ]);
  });

  test('messages are no rows, and only errors are errors', () => {
    const { results, errors } = parseOutput(
      lines(
        `Changed database context to 'x'.\n10 percent processed.\nMsg 3014, Level 0, State 1, Server s, Line 1\nsuccess\nMsg 3201, Level 16, State 1, Server a, b\\c, Line 2\nCannot open backup device 'x'.\nMsg 229, Level 14, State 5, Server s, Procedure p, Line 1\ndenied`,
      ),
    );
    expect(results).toEqual([]);
    expect(errors).toEqual([
      { number: 3201, level: 16, text: "Cannot open backup device 'x'." },
      { number: 229, level: 14, text: 'denied' },
    ]);
  });

  test('a column that is not there, or no number, is said', () => {
    const [rows = []] = parseOutput(lines('a|b\n-|-\nx|NULL')).results;
    expect(() => rows[0]?.text('c')).toThrow("without 'c'");
    expect(() => rows[0]?.number('a')).toThrow("no usable 'a'");
    expect(() => rows[0]?.number('b')).toThrow("no usable 'b'");
    expect(rows[0]?.flag('b')).toBe(false);
  });
});
