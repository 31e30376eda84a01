import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ConfigurationError } from '../../../src/errors.ts';
import { inputDeclarations, inputsOf } from '../../../src/inputs/declarations.ts';
import { InputReader } from '../../../src/inputs/reader.ts';
import { type CancelOptions, readCancelOptions } from '../../../src/pipeline/cancel-options.ts';

type Inputs = Readonly<Record<string, string>>;

const TOKEN = 'a1'.repeat(20);
const USUAL: Inputs = {
  'bitbucket-url': 'https://bitbucket.example.com/code/',
  'bitbucket-username': 'backup',
  'bitbucket-password': 'hunter2',
};

beforeEach(() => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

function readerOf(given: Inputs): InputReader {
  const defaults = Object.fromEntries(inputDeclarations.map((input) => [input.name, input.default ?? '']));
  return new InputReader({ raw: (name) => given[name] ?? defaults[name] ?? '', mask: () => undefined });
}

function read(changes: Inputs): CancelOptions {
  return readCancelOptions(readerOf({ ...USUAL, ...changes }));
}

/** @returns what was said, each with the input that it is about */
function complaints(changes: Inputs): (readonly [string, string])[] {
  try {
    read(changes);
  } catch (error) {
    if (error instanceof ConfigurationError && error.code === 'INPUT_INVALID') {
      return error.problems.map(({ subject, message }) => [subject, message]);
    }
    throw error;
  }
  return [];
}

describe('what is in order', () => {
  test.each([
    [{ 'unlock-token': TOKEN }],
    [{ 'cancel-token': ` ${TOKEN}\t` }],
    [{ 'backup-root': '/backup' }],
    [{ 'unlock-token': 'abcd_EF-9', 'cancel-token': TOKEN, 'backup-root': '/backup/' }],
  ])('%j', (given) => {
    expect(complaints(given)).toEqual([]);
  });

  test('is read as it was given', () => {
    expect(read({ 'unlock-token': TOKEN, 'backup-root': '/backup/' })).toMatchObject({
      unlockToken: TOKEN,
      cancelToken: undefined,
      backupRoot: '/backup',
      connection: { url: 'https://bitbucket.example.com/code' },
    });
  });

  test('asks for every input that the action declares, and for no other', () => {
    const reader = readerOf({ ...USUAL, 'backup-root': '/backup' });
    readCancelOptions(reader);
    expect([...reader.namesRead].sort()).toEqual(
      inputsOf('cancel')
        .map(({ name }) => name)
        .sort(),
    );
  });
});

test('without a token, backup-root is asked for', () => {
  const [[subject, message] = [], ...rest] = complaints({});
  expect(rest).toEqual([]);
  expect(subject).toBe('backup-root');
  expect(message).toContain("Input 'backup-root' is empty, and so are unlock-token and cancel-token; ");
});

test.each(['sh*rt', 'has a space in it', `'${TOKEN}'`, 'ä'.repeat(10), 'a'.repeat(129), '../../etc/passwd'])(
  '%s is no token; what was pasted is not shown',
  (text) => {
    for (const name of ['unlock-token', 'cancel-token']) {
      const said = complaints({ [name]: text });
      expect(said).toEqual([[name, expect.stringContaining(`Input '${name}' is no token of Bitbucket`)]]);
      expect(said.flat().join()).not.toContain(text);
    }
  },
);

test('everything that is wrong is named in one go', () => {
  const wrong = {
    'bitbucket-url': 'bitbucket',
    'bitbucket-password': '',
    'unlock-token': 'no',
    'cancel-token': 'no',
    'backup-root': 'backup',
  };
  expect(complaints(wrong).map(([subject]) => subject)).toEqual(Object.keys(wrong));
});
