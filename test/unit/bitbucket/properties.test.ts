import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { propertiesIn, propertyLine, withChanges } from '../../../src/bitbucket/properties.ts';

/** As java.util.Properties reads them: the value of `key`. */
describe('reading', () => {
  test.each([
    ['plain', 'key=value', 'value'],
    ['a colon', 'key:value', 'value'],
    ['a blank', 'key value', 'value'],
    ['blanks around', '  key  =  value', 'value'],
    ['blanks at the end, which count', 'key=value  ', 'value  '],
    ['tabs', '\tkey\t=\tvalue', 'value'],
    ['a second separator', 'key==value', '=value'],
    ['nothing', 'key', ''],
    ['nothing behind the separator', 'key=', ''],
    ['escaped separators', 'key=jdbc\\:postgresql\\://h\\:5432/db', 'jdbc:postgresql://h:5432/db'],
    ['escaped characters', 'key=a\\tb\\nc\\\\d\\ e\\qf', 'a\tb\nc\\d eqf'],
    ['code points', 'key=\\u00e4\\u20AC', 'ä€'],
    ['bytes that are no ASCII', 'key=\u00e4\u00c3\u00bc', '\u00e4\u00c3\u00bc'],
    ['a continued line', 'key=one\\\n   two', 'onetwo'],
    ['a continued line of CRLF', 'key=one\\\r\n\ttwo\r\nother=x', 'onetwo'],
    ['a backslash before a backslash, which continues nothing', 'key=one\\\\\nother=two', 'one\\'],
    ['comments that look alike', '#key=no\n!key=no\n  # key=no\nkey=yes', 'yes'],
    ['of equal keys the last', 'key=one\nother=x\nkey:two', 'two'],
    ['of equal keys, differently written, the last', 'key=one\nk\\u0065y=two', 'two'],
    ['line ends of all kinds', 'a=1\r\nkey=value\rb=2\n', 'value'],
    ['a comment that a backslash does not continue', '# comment\\\nkey=value', 'value'],
    ['the last line without an end', 'a=1\nkey=value', 'value'],
  ])('%s: %j', (_what, text, value) => {
    expect(propertiesIn(text).get('key')).toBe(value);
  });

  test.each(['', '\n', '# only a comment', 'other=x', 'keys=x', 'key2=x'])('finds no key in %j', (text) => {
    expect(propertiesIn(text).has('key')).toBe(false);
  });

  test('keys that objects have of their own are keys', () => {
    const text = '__proto__=a\nconstructor=b\ntoString=c\n';
    expect(Object.fromEntries(propertiesIn(text))).toMatchObject({ constructor: 'b', toString: 'c' });
    expect(propertiesIn('').get('constructor')).toBeUndefined();
  });
});

const URL = 'jdbc:postgresql://db.example.com:5432/bitbucket';
const change = [{ key: 'jdbc.url', value: URL }];

describe('changing', () => {
  test.each([
    ['the value', 'jdbc.url=old\n', `jdbc.url=${URL}\n`],
    ['the value, and keeps how it is separated', 'jdbc.url = old\n', `jdbc.url = ${URL}\n`],
    ['the value, and keeps the colon', 'jdbc.url:old\n', `jdbc.url:${URL}\n`],
    ['the value, and keeps CRLF', 'a=1\r\njdbc.url=old\r\nb=2\r\n', `a=1\r\njdbc.url=${URL}\r\nb=2\r\n`],
    ['a continued value', 'jdbc.url=o\\\n   ld\nb=2\n', `jdbc.url=${URL}\nb=2\n`],
    ['what is empty', 'jdbc.url=\n', `jdbc.url=${URL}\n`],
    ['a key without a separator', 'jdbc.url\nb=2\n', `jdbc.url=${URL}\nb=2\n`],
    [
      'lines with ends of several kinds',
      'a=1\r\n  jdbc.url = old\nb=2\r',
      `a=1\r\n  jdbc.url = ${URL}\nb=2\r`,
    ],
    ['a last line that nothing continues', 'a=1\\\n', `a=1\\\n\njdbc.url=${URL}\n`],
    ['a last line that nothing continues, without an end', 'a=1\\', `a=1\\\n\njdbc.url=${URL}\n`],
    ['a file of CRLF without the key', 'a=1\r\n', `a=1\r\njdbc.url=${URL}\r\n`],
    ['a file without the key', 'a=1\n', `a=1\njdbc.url=${URL}\n`],
    ['a file without an end of its last line', 'a=1', `a=1\njdbc.url=${URL}\n`],
    ['a file without anything', '', `jdbc.url=${URL}\n`],
    [
      'nothing else: comments, blanks, other bytes, odd escapes',
      '#jdbc.url=x\n\n  a = \\q\u00e4\u00c3\\\n  b\n! c\njdbc.url=old\nz\\=\\:=\\u00E4\n',
      `#jdbc.url=x\n\n  a = \\q\u00e4\u00c3\\\n  b\n! c\njdbc.url=${URL}\nz\\=\\:=\\u00E4\n`,
    ],
    [
      'no comment that happens to hold the same, with its escapes',
      '# jdbc.url=jdbc\\:postgresql\\://db.example.com\\:5432/bitbucket\njdbc.url=old\n',
      `# jdbc.url=jdbc\\:postgresql\\://db.example.com\\:5432/bitbucket\njdbc.url=${URL}\n`,
    ],
    [
      'no other key that happens to hold the same, with its escapes',
      'a=jdbc\\:postgresql\\://db.example.com\\:5432/bitbucket\njdbc.url=old\n',
      `a=jdbc\\:postgresql\\://db.example.com\\:5432/bitbucket\njdbc.url=${URL}\n`,
    ],
  ])('changes %s', (_what, before, after) => {
    expect(withChanges(before, change)).toBe(after);
  });

  test('of equal keys the one that counts is changed', () => {
    const changed = withChanges('jdbc.url=one\nb=2\njdbc.url=two\n', change);
    expect(propertiesIn(changed).get('jdbc.url')).toBe(URL);
    expect(propertiesIn(changed).get('b')).toBe('2');
  });

  test.each([':x', '=x', ' x', '#x', '!x', 'x ', 'a\\b', '$&$1', 'ä€', 'a\nb', 'a\tb', '', '\\'])(
    'the value %j is read back as it is, whatever separates it',
    (value) => {
      for (const before of ['key=old\nb=2', 'key old\nb=2', 'key\nb=2', 'b=2', 'key:old\r\nb=2']) {
        const after = propertiesIn(withChanges(before, [{ key: 'key', value }]));
        expect([before, Object.fromEntries(after)]).toEqual([before, { key: value, b: '2' }]);
      }
    },
  );

  test('whatever is in the file and whatever is written, the change is read back and the rest is as before', () => {
    const fragment = fc.constantFrom(
      'a',
      'key',
      '\\',
      '\n',
      '\r\n',
      '=',
      ':',
      ' ',
      '\t',
      '#',
      '!',
      '\u00e4',
      '\\u0041',
      'x=y\n',
    );
    const text = fc.array(fragment, { maxLength: 30 }).map((parts) => parts.join(''));
    const value = fc.array(fc.constantFrom('a', ':', '=', ' ', '\\', '#', '!', 'ä', '\t', '$&'), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(text, value, (before, parts) => {
        const wanted = parts.join('');
        const after = propertiesIn(withChanges(before, [{ key: 'key', value: wanted }]));
        const expected = new Map([...propertiesIn(before), ['key', wanted]]);
        expect(Object.fromEntries(after)).toEqual(Object.fromEntries(expected));
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('a line', () => {
  test.each([
    ['jdbc.url', URL, `jdbc.url=${URL}`],
    ['jdbc.user', 'bit bucket', 'jdbc.user=bit bucket'],
    ['a key', ' x\\y', 'a\\ key=\\ x\\\\y'],
    ['a', 'ä', 'a=\\u00e4'],
  ])('of %s and %j', (key, value, line) => {
    expect(propertyLine({ key, value })).toBe(line);
    expect(propertiesIn(line).get(key)).toBe(value);
  });
});
