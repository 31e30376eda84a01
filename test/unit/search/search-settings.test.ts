import { describe, expect, test } from 'vitest';
import { inputsOf } from '../../../src/inputs/declarations.ts';
import { InputReader } from '../../../src/inputs/reader.ts';
import {
  readSearchSettings,
  type SearchSettings,
  type SearchStrategyName,
} from '../../../src/search/search-settings.ts';
import { failureIn } from '../../support/failure.ts';

type Inputs = Readonly<Record<string, string>>;

const DEFAULTS = Object.fromEntries(inputsOf('backup').map((input) => [input.name, input.default ?? '']));
const URL_INPUT = { 'elasticsearch-url': 'https://search.example.com:9200' };
const USER = { 'elasticsearch-username': 'backup', 'elasticsearch-password': 's3cret' };
const ROLE = 'arn:aws:iam::123456789012:role/snapshots';

function read(
  given: Inputs,
  strategy: SearchStrategyName = 'fs',
  action: 'backup' | 'restore' = 'backup',
): { settings: SearchSettings; masked: readonly string[] } {
  const inputs: Inputs = { ...DEFAULTS, ...URL_INPUT, ...given };
  const masked: string[] = [];
  const reader = new InputReader({
    raw: (name) => inputs[name] ?? '',
    mask: (secret) => {
      masked.push(secret);
    },
  });
  const settings = readSearchSettings(reader, { strategy, action, ca: undefined });
  reader.finish();
  return { settings, masked };
}

function complaint(given: Inputs, strategy: SearchStrategyName = 'fs'): string {
  return failureIn(() => read(given, strategy)).message;
}

describe('where the server is', () => {
  test.each<[string, SearchStrategyName, string]>([
    ['https://search.example.com:9200/', 'fs', 'https://search.example.com:9200'],
    ['https://example.com/search//', 's3', 'https://example.com/search'],
    ['search.example.com:9200', 'fs', 'http://search.example.com:9200'],
    ['search.example.com', 'amazon-es', 'https://search.example.com'],
  ])('%s for %s', (written, strategy, url) => {
    expect(read({ 'elasticsearch-url': written }, strategy).settings.connection).toEqual({
      url,
      credentials: { kind: 'none' },
    });
  });

  test.each([
    ['', 'is empty'],
    ['ftp://search', "starts with 'ftp:'"],
    ['https://u:s3cret@search', 'carries a user name or password; use elasticsearch-username'],
    ['https://search/?a', 'has a query'],
    ['http://', 'which is not a URL'],
  ])('not %j', (written, sentence) => {
    const said = complaint({ 'elasticsearch-url': written });
    expect(said).toContain("Input 'elasticsearch-url' ");
    expect(said).toContain(sentence);
    expect(said).not.toContain('s3cret');
  });
});

describe('who asks', () => {
  test('is a user with a password, and both are masked as they are sent', () => {
    const { settings, masked } = read(USER);
    expect(settings.connection.credentials).toEqual({
      kind: 'basic',
      username: 'backup',
      password: 's3cret',
    });
    expect(masked).toEqual(['s3cret', Buffer.from('backup:s3cret').toString('base64')]);
  });

  test.each<[Inputs, string]>([
    [{ 'elasticsearch-username': 'a' }, "'elasticsearch-password' is empty"],
    [{ 'elasticsearch-password': 'a' }, "'elasticsearch-username' is empty"],
    [{ ...USER, 'elasticsearch-username': 'a:b' }, 'holds a colon'],
    [{ ...USER, 'elasticsearch-url': 'http://search:9200' }, 'readable over http to search;'],
    [{ ...USER, 'elasticsearch-url': 'search:9200' }, 'readable over http to search;'],
  ])('%j is complained about', (given, sentence) => {
    expect(complaint(given)).toContain(sentence);
  });

  test.each<[Inputs]>([
    [{ 'elasticsearch-url': 'http://localhost:9200' }],
    [{ 'elasticsearch-url': 'http://127.0.0.1:9200' }],
    [{ 'elasticsearch-url': 'http://search:9200', 'allow-insecure-http': 'true' }],
  ])('may be told to %j', (given) => {
    expect(read({ ...USER, ...given }).settings.connection.credentials.kind).toBe('basic');
  });
});

describe('the indices', () => {
  test('are separated by commas, and a restore has none', () => {
    const given = { 'elasticsearch-index': ' bitbucket-search-v1 ,, bitbucket-* ' };
    expect(read(given).settings.indices).toEqual(['bitbucket-search-v1', 'bitbucket-*']);
    expect(read(given, 'fs', 'restore').settings.indices).toEqual([]);
  });

  test.each([
    '*',
    'a,*',
    '_all',
    '-a',
    '+a',
    '.kibana',
    'A',
    'a/b',
    'a b',
    '<a-{now}>',
    'a:b',
    'a#',
    'a?',
    ' , ',
  ])('are not %j', (index) => {
    expect(complaint({ 'elasticsearch-index': index })).toContain("Input 'elasticsearch-index' ");
  });
});

describe('the repository', () => {
  test('of a folder', () => {
    expect(read({ 'elasticsearch-location': '/repo/bb' }).settings.repository).toEqual({
      name: 'bitbucket-snapshots',
      type: 'fs',
      place: [{ setting: 'location', input: 'elasticsearch-location', value: '/repo/bb', required: true }],
      settings: { compress: 'true' },
    });
  });

  test.each<[SearchStrategyName, object]>([
    ['s3', { bucket: ['b1x', true], base_path: ['a/b', false], region: ['eu-central-1', false] }],
    [
      'amazon-es',
      {
        bucket: ['b1x', true],
        base_path: ['a/b', false],
        region: ['eu-central-1', true],
        role_arn: [ROLE, true],
      },
    ],
  ])('of a bucket, with %s', (strategy, expected) => {
    const given = {
      'elasticsearch-s3-bucket': 'b1x',
      'elasticsearch-location': '/a/b/',
      'elasticsearch-s3-region': 'eu-central-1',
      'elasticsearch-role-arn': ROLE,
    };
    const { place, type, settings } = read(given, strategy).settings.repository;
    expect(
      Object.fromEntries(place.map(({ setting, value, required }) => [setting, [value, required]])),
    ).toEqual(expected);
    expect({ type, settings }).toEqual({ type: 's3', settings: {} });
  });

  test.each<[Inputs, string]>([
    ...['a/b', 'a b', 'a,b', 'a*', 'a?', 'a#', '.', '..'].map((name): [Inputs, string] => [
      { 'elasticsearch-repository': name },
      `'elasticsearch-repository' is '${name}'`,
    ]),
    [{ 'elasticsearch-location': '/repo/../etc' }, "write the path without '..'"],
    [{ 'elasticsearch-s3-bucket': 's3://b/x' }, 'the name of the bucket alone'],
    [{ 'elasticsearch-s3-region': 'EU' }, 'a name such as eu-central-1'],
    [{ 'elasticsearch-role-arn': 'snapshots' }, 'the whole ARN'],
  ])('is not %j', (given, sentence) => {
    const isFolder = !Object.keys(given).some((name) => /s3|role/.test(name));
    expect(complaint(given, isFolder ? 'fs' : 'amazon-es')).toContain(sentence);
  });

  test.each(['...', 'a.b', '.a'])('may be called %j', (name) => {
    expect(read({ 'elasticsearch-repository': name }).settings.repository.name).toBe(name);
  });
});
