import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printable } from '../../../src/host/log.ts';
import { Redactor } from '../../../src/host/redactor.ts';
import { createMemoryLog } from '../../support/memory-log.ts';

describe('printable', () => {
  test.each([
    ['::error::pwned', ': :error::pwned'],
    ['  ::add-mask::x', '  : :add-mask::x'],
    ['fine\n::set-output name=a::b', 'fine\n: :set-output name=a::b'],
    ['a ##[add-path]/tmp', 'a ## [add-path]/tmp'],
    ['\u001b[1m::stop-commands::x', ': :stop-commands::x'],
    ['#\u001b[31m#[group]x', '## [group]x'],
  ])('makes %j inert', (text, harmless) => {
    expect(printable(text)).toBe(harmless);
  });

  test('takes colours and cursor movements out, and shows other control characters', () => {
    expect(printable('\u001b[31mred\u001b[0m \u001b]0;title\u0007x')).toBe('red x');
    expect(printable('a\rb\u0000c\u0007d')).toBe('a\\x0db\\x00c\\x07d');
  });

  test('leaves text, tabs and line breaks alone', () => {
    const text = 'Prepared backup of /var/atlassian:\n\täöü € 🎈 a::b C::D [##] 50%';
    expect(printable(text)).toBe(text);
  });

  test('whatever it is given, no line is a command and no control character is left', () => {
    const nasty = fc.string({
      unit: fc.constantFrom(
        ':',
        '#',
        '[',
        ' ',
        '\n',
        '\r',
        '\t',
        '\u001b',
        'm',
        'a',
        '\u0085',
        '\u2028',
        '\ufeff',
      ),
    });
    fc.assert(
      fc.property(nasty, (text) => {
        const safe = printable(text);
        expect(safe).not.toContain('##[');
        for (const line of safe.split(/[\n\r\u0085\u2028]/)) {
          expect(line).not.toMatch(/^\s*::/);
        }
        expect(safe).not.toMatch(/[^\P{Cc}\n\t]/u);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the log', () => {
  test('redacts and cleans every kind of line', () => {
    const redactor = new Redactor();
    redactor.add('hunter2');
    const { log, lines } = createMemoryLog(redactor);
    const text = '::error::hunter2';
    log.debug(text);
    log.info(text);
    log.notice(text);
    log.warning(text);
    log.error(text);
    log.group(text)();
    expect(lines).toEqual(
      ['debug', 'info', 'notice', 'warning', 'error', 'group'].map((level) => `${level}: : :error::***`),
    );
    expect(log.warnings).toEqual([': :error::***']);
  });

  test('a secret with colours in the middle is redacted all the same', () => {
    const redactor = new Redactor();
    redactor.add('hunter2');
    const { log, lines } = createMemoryLog(redactor);
    log.info('hunt\u001b[31mer2');
    expect(lines.join()).not.toContain('hunter2');
  });

  test('lines start with the address once it is known', () => {
    const { log, lines } = createMemoryLog();
    log.info('before');
    log.setPrefix('https://bitbucket.example.com');
    log.warning('after');
    log.setPrefix('');
    log.info('again');
    expect(lines).toEqual(['info: before', 'warning: [https://bitbucket.example.com] after', 'info: again']);
    expect(log.warnings).toEqual(['after']);
  });
});
