import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { bulletList, code, codeBlock, oneLine, plain } from '../../../src/report/markdown.ts';

/** As a browser shows it. */
function shown(markdown: string): string {
  return markdown.replace(/&#(\d+);/g, (_, digits: string) => String.fromCodePoint(Number(digits)));
}

const SYNTAX = fc.string({
  unit: fc.constantFrom(...'|`<>&*_[]()#!~$@:/\\-+=1.\n\r\t '.split(''), 'a', 'www.', '\u202e', '\u001b[31m'),
});

test('outside text holds nothing that markdown or HTML takes for structure', () => {
  fc.assert(
    fc.property(fc.oneof(SYNTAX, fc.string({ unit: 'binary' })), (text) => {
      const markdown = plain(text);
      expect(markdown).not.toMatch(/[|`<>*[\]~$@\\\n\r]/);
      expect(markdown).not.toMatch(/&(?!#\d+;)/);
      expect(markdown).not.toMatch(/^(?:[-+=#]|\d+[.)](?:\s|$))/);
      expect(markdown).not.toMatch(/:\/\/|www\./i);
    }),
  );
});

test('what is escaped reads as it was', () => {
  fc.assert(
    fc.property(SYNTAX, (text) => {
      expect(shown(plain(text))).toBe(oneLine(text));
      expect(shown(code(text))).toBe(`<code>${oneLine(text)}</code>`);
    }),
  );
});

test('names of programs, versions and sentences stay readable without a renderer', () => {
  expect(plain('pg_dump 15.4 - done (2 files).')).toBe('pg_dump 15.4 - done (2 files).');
  expect(code('bitbucket-20261122')).toBe('<code>bitbucket-20261122</code>');
});

test('what is invisible or turns the direction of writing becomes visible', () => {
  expect(oneLine('a\u202egnp.exe\u200b\u0000')).toBe('a\\u{202e}gnp.exe\\u{200b}\\x00');
});

test('long text is cut between characters, and says so', () => {
  expect(oneLine('😀😀😀😀', 3)).toBe('😀😀😀 … (1 more characters)');
});

test('nothing inside a code block can end it', () => {
  const block = codeBlock(['one ``` two', '```', 'a\n````\nb'], 'sh').split('\n');
  expect(block).toEqual(['`````sh', 'one ``` two', '```', 'a ```` b', '`````']);
});

test('a long list ends with the count of the rest', () => {
  expect(bulletList(['a', 'b', 'c'], plain, 2)).toBe('- a\n- b\n- and 1 more');
  expect(bulletList(['a', 'b'], plain, 2)).toBe('- a\n- b');
});
