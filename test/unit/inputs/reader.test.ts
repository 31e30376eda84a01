import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConfigurationError } from '../../../src/errors.ts';
import { InputReader, type PathPair } from '../../../src/inputs/reader.ts';

interface Read<T> {
  readonly value: T;
  readonly problems: readonly string[];
}

/** Reads one input, named `it`. */
function read<T>(raw: string, reading: (inputs: InputReader) => T): Read<T> {
  const inputs = new InputReader({ raw: (name) => (name === 'it' ? raw : ''), mask: () => undefined });
  const value = reading(inputs);
  return { value, problems: problemsOf(inputs) };
}

function problemsOf(inputs: InputReader): readonly string[] {
  try {
    inputs.finish();
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) {
      return error.problems.map(({ message }) => message);
    }
    throw error;
  }
}

function accepted<T>(raw: string, reading: (inputs: InputReader) => T): T {
  const { value, problems } = read(raw, reading);
  expect(problems).toEqual([]);
  return value;
}

/** @returns the one sentence that was said about it. */
function refused(raw: string, reading: (inputs: InputReader) => unknown): string {
  const { problems } = read(raw, reading);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(/^Input 'it' .*\.$/s);
  return problems[0] ?? '';
}

const readBoolean = (inputs: InputReader): boolean => inputs.boolean('it');
const readPort = (inputs: InputReader): number => inputs.integer('it', { min: 1, max: 65_535 });
const readPath = (inputs: InputReader): string => inputs.requiredPath('it');
const readUrl = (inputs: InputReader): string => inputs.url('it').href;
const readChoice = (inputs: InputReader): string => inputs.choice('it', ['rsync', 'lvm', 'none']);
const readIds = (inputs: InputReader): readonly number[] => inputs.idList('it');
const readOptionalInteger = (inputs: InputReader): number | undefined =>
  inputs.optionalInteger('it', { min: 0, max: 9 });
const readOptionalPath = (inputs: InputReader): string | undefined => inputs.optionalPath('it');
const readPaths = (inputs: InputReader): readonly string[] => inputs.pathList('it');

const readPairs = (inputs: InputReader): readonly PathPair[] => inputs.pathPairs('it');

describe('pairs of paths', () => {
  test.each<[string, readonly PathPair[]]>([
    ['', []],
    [' \n\r\n', []],
    ['/a', [{ from: '/a', to: '/a' }]],
    ['/a/=/b//c/', [{ from: '/a', to: '/b/c' }]],
    [' /a = /b ', [{ from: '/a', to: '/b' }]],
    ['/a b=/c d', [{ from: '/a b', to: '/c d' }]],
    ['/a=/b=c', [{ from: '/a', to: '/b=c' }]],
    [
      '/a\r\n\n/b=/c\n',
      [
        { from: '/a', to: '/a' },
        { from: '/b', to: '/c' },
      ],
    ],
  ])('%j is %j', (raw, pairs) => {
    expect(accepted(raw, readPairs)).toEqual(pairs);
  });

  test.each([
    ['a', 'absolute'],
    ['a=/b', 'absolute'],
    ['/a=b', 'absolute'],
    ['/a=../b', 'absolute'],
    ['/a=/b/../c', "without '..'"],
    ['/a/..=/b', "without '..'"],
    ['/=/b', 'root of the file system'],
    ['/a=/', 'root of the file system'],
    ['/a=/b\u0007', 'control character'],
    ['=/b', "'=/b'"],
    ['/a=', "'/a='"],
    ['/a= ', "'/a='"],
  ])('%j is refused', (raw, reason) => {
    expect(refused(raw, readPairs)).toContain(reason);
  });

  test('has every wrong path told', () => {
    expect(read('a=b\n=\n/fine\n/c=..', readPairs).problems).toHaveLength(4);
  });
});

describe('boolean', () => {
  test('is true or false', () => {
    expect(accepted('true', readBoolean)).toBe(true);
    expect(accepted('false', readBoolean)).toBe(false);
  });

  test.each(['yes', 'no', 'True', 'True ', 'TRUE', ' true', 'true\n', '1', '0', 'on', ''])(
    'is not %j',
    (raw) => {
      expect(refused(raw, readBoolean)).toContain('use true or false');
    },
  );
});

describe('integer', () => {
  test.each([
    ['1', 1],
    ['65535', 65_535],
    [' 5 ', 5],
    ['007', 7],
  ])('%j is %i', (raw, value) => {
    expect(accepted(raw, readPort)).toBe(value);
  });

  test.each([
    '',
    ' 5x',
    '5 5',
    '-1',
    '+1',
    '1e3',
    '1e9',
    '1.0',
    '0x10',
    'ten',
    '10m',
    '0',
    '65536',
    '9'.repeat(40),
    '١',
    'NaN',
  ])('%j is none from 1 to 65535', (raw) => {
    expect(refused(raw, readPort)).toContain('use a whole number from 1 to 65535');
  });

  test('one with a control character in it gets one sentence', () => {
    expect(refused('5\u00075', readPort)).toContain('control character');
  });

  test('an optional one may be empty, but not wrong', () => {
    expect(accepted('', readOptionalInteger)).toBeUndefined();
    expect(accepted('0', readOptionalInteger)).toBe(0);
    refused('x', readOptionalInteger);
  });
});

describe('path', () => {
  test.each([
    ['/var/atlassian', '/var/atlassian'],
    ['/var//atlassian/./home/', '/var/atlassian/home'],
    [' /with blanks/in it ', '/with blanks/in it'],
    ['/-dash', '/-dash'],
    ['/..hidden/a..b', '/..hidden/a..b'],
  ])('%j is %j', (raw, value) => {
    expect(accepted(raw, readPath)).toBe(value);
  });

  test.each([
    ['relative/path', 'absolute'],
    ['./here', 'absolute'],
    ['~/home', 'absolute'],
    ['$HOME/x', 'absolute'],
    ['/', 'root of the file system'],
    ['///', 'root of the file system'],
    ['/.', 'root of the file system'],
    ['/a/../b', "without '..'"],
    ['/..', "without '..'"],
    ['/a/..', "without '..'"],
    ['/a\u0007b', 'control character'],
    ['/a\nb', 'line break'],
    ['', 'required'],
  ])('%j is refused', (raw, why) => {
    expect(refused(raw, readPath)).toContain(why);
  });

  test('an optional one may be empty, but not wrong', () => {
    expect(accepted(' ', readOptionalPath)).toBeUndefined();
    refused('relative', readOptionalPath);
  });

  test('a list has one a line, and each is looked at', () => {
    expect(accepted('/store/1\n\n  /store/2/ \r\n', readPaths)).toEqual(['/store/1', '/store/2']);
    expect(accepted('', readPaths)).toEqual([]);
    expect(read('/fine\nrelative\n/..\n/', readPaths).problems).toHaveLength(3);
    expect(refused('/fine\n/a\u0007b', readPaths)).toContain('control character');
  });

  test('whatever is accepted is absolute, not the root, and climbs nowhere', () => {
    const segments = fc.array(fc.constantFrom('', '.', '..', 'a', ' ', '~'), { maxLength: 6 });
    fc.assert(
      fc.property(segments, (parts) => {
        const { value, problems } = read(`/${parts.join('/')}`, readPath);
        const safe = /^\/[^/]/.test(value) && !value.endsWith('/') && !value.split('/').includes('..');
        expect({ value, fine: problems.length > 0 || safe }).toEqual({ value, fine: true });
      }),
    );
  });
});

describe('URL', () => {
  test.each([
    ['https://bitbucket.example.com', 'https://bitbucket.example.com/'],
    ['https://bitbucket.example.com:8443/code/', 'https://bitbucket.example.com:8443/code'],
    ['http://127.0.0.1:7990/bitbucket//', 'http://127.0.0.1:7990/bitbucket'],
    [' HTTPS://Bitbucket.example.com ', 'https://bitbucket.example.com/'],
  ])('%j is %j', (raw, value) => {
    expect(accepted(raw, readUrl)).toBe(value);
  });

  test.each([
    ['', 'required'],
    ['bitbucket.example.com', 'not a URL'],
    ['https://', 'not a URL'],
    ['https://bad host', 'not a URL'],
    ['ftp://bitbucket.example.com', "starts with 'ftp:'"],
    ['file:///etc/passwd', "starts with 'file:'"],
    ['localhost:7990', 'https://'],
    ['https://host/?next=/', 'query'],
    ['https://host/#top', 'fragment'],
  ])('%j is refused', (raw, why) => {
    expect(refused(raw, readUrl)).toContain(why);
  });

  test.each([
    'https://admin:hunter2@bitbucket.example.com',
    'https://hunter2@bitbucket.example.com',
    'https://admin:hunter2@bad host',
    'https://admin:pa/hunter2@bad host',
    'https://admin:a@hunter2@b@bad host',
    'https://admin:hunt er2 hunter2@host:port',
    'admin:hunter2@bitbucket.example.com',
    '//admin:hunter2@bitbucket.example.com',
  ])('%j is refused, and its password is not repeated', (raw) => {
    expect(refused(raw, readUrl)).not.toContain('hunter2');
  });

  test('whatever stands before an @ is never repeated', () => {
    const secret = fc.string({ unit: fc.constantFrom('s', 'e', '/', '@', ':', ' ', '?', '#', '[') });
    fc.assert(
      fc.property(secret, fc.constantFrom('https://', 'http:', '', 'x://'), (text, scheme) => {
        const marked = `${text}TOPSECRET${text}`;
        const { problems } = read(`${scheme}user:${marked}@bad host`, readUrl);
        expect(problems.join()).not.toContain('TOPSECRET');
      }),
    );
  });
});

describe('text and secrets', () => {
  test('text is trimmed; control characters are refused without a second complaint', () => {
    expect(accepted('  a b ', (inputs) => inputs.text('it'))).toBe('a b');
    expect(refused('a\u001bb', (inputs) => inputs.text('it'))).toContain('control character');
    expect(refused('a\u0000b', (inputs) => inputs.requiredText('it'))).toContain('control character');
    expect(refused('  ', (inputs) => inputs.requiredText('it'))).toContain('required');
    expect(accepted('', (inputs) => inputs.optionalText('it'))).toBeUndefined();
  });

  test('what another part reads is given as it was written, and not complained of', () => {
    expect(accepted(' rubbish\u001b ', (inputs) => inputs.written('it'))).toBe('rubbish\u001b');
  });

  test('a secret is kept as it is and masked before anything else', () => {
    const masked: string[] = [];
    const inputs = new InputReader({ raw: () => ' p4ss\tword\n', mask: (secret) => masked.push(secret) });
    expect(inputs.secret('it')).toBe(' p4ss\tword\n');
    expect(masked).toEqual([' p4ss\tword\n']);
    expect(accepted('', (reader) => reader.secret('it'))).toBeUndefined();
  });
});

describe('choice', () => {
  test('is one of the words', () => {
    expect(accepted('lvm', readChoice)).toBe('lvm');
  });

  test('another word is refused with all choices', () => {
    expect(refused('docker', readChoice)).toBe("Input 'it' is 'docker'; use rsync, lvm or none.");
    expect(refused('', readChoice)).toContain('use rsync, lvm or none');
  });

  test('a misspelt one is guessed', () => {
    expect(refused('rsnyc', readChoice)).toContain('(did you mean rsync?)');
    expect(refused('RSYNC', readChoice)).toContain('(did you mean rsync?)');
  });

  test('one with a control character in it gets one sentence', () => {
    expect(refused('rs\u0007ync', readChoice)).toContain('control character');
  });
});

describe('ids', () => {
  test('are separated by commas, blanks or lines', () => {
    expect(accepted('1, 2,3\n4  5', readIds)).toEqual([1, 2, 3, 4, 5]);
    expect(accepted('', readIds)).toEqual([]);
  });

  test.each(['0', '-1', '1.5', '1e9', 'x', '99999999999'])('%j is none', (raw) => {
    expect(refused(raw, readIds)).toContain('use a whole number from 1');
  });
});

describe('all together', () => {
  test('every problem is thrown at once, in order', () => {
    const inputs = new InputReader({ raw: () => 'wrong', mask: () => undefined });
    inputs.boolean('a');
    inputs.integer('b', { min: 1, max: 2 });
    inputs.problem('c', 'excludes a; set one of them.');
    expect(problemsOf(inputs)).toEqual([
      "Input 'a' is 'wrong'; use true or false.",
      "Input 'b' is 'wrong'; use a whole number from 1 to 2.",
      "Input 'c' excludes a; set one of them.",
    ]);
  });

  test('the error is INPUT_INVALID and counts the problems', () => {
    const inputs = new InputReader({ raw: () => '', mask: () => undefined });
    inputs.requiredText('a');
    expect(() => inputs.finish()).toThrow(/^1 problem in the inputs: Input 'a' is required/);
  });

  test('it knows which inputs were asked for', () => {
    const inputs = new InputReader({ raw: () => '', mask: () => undefined });
    inputs.text('a');
    inputs.secret('b');
    inputs.pathList('c');
    inputs.isGiven('d');
    expect([...inputs.namesRead]).toEqual(['a', 'b', 'c', 'd']);
  });

  test('an input at its default is not given', () => {
    const given = ['', ' ', 'zstd', 'gzip'].filter((value) =>
      new InputReader({ raw: () => value, mask: () => undefined }).isGiven('archive-compression'),
    );
    expect(given).toEqual(['gzip']);
  });
});
