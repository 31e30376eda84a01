import { expect, test } from 'vitest';
import { ConfigurationError } from '../../../src/errors.ts';
import { inputDeclarations, inputsOf } from '../../../src/inputs/declarations.ts';
import { type ChosenStrategies, refuseForeignInputs } from '../../../src/inputs/foreign-inputs.ts';
import { InputReader } from '../../../src/inputs/reader.ts';

const ALL: ChosenStrategies = { home: 'rsync', database: 'postgresql', search: 'none', archive: 'tar' };

function complaints(
  given: Readonly<Record<string, string>>,
  chosen: Partial<ChosenStrategies>,
): readonly string[] {
  const inputs = new InputReader({
    raw: (name) => given[name] ?? inputDeclarations.find((input) => input.name === name)?.default ?? '',
    mask: () => undefined,
  });
  refuseForeignInputs(inputs, 'backup', { ...ALL, ...chosen });
  try {
    inputs.finish();
    return [];
  } catch (error) {
    return error instanceof ConfigurationError
      ? error.problems.map(({ message }) => message)
      : [String(error)];
  }
}

test('an input of the chosen strategy is no stranger', () => {
  expect(
    complaints({ 'home-path': '/home', 'database-host': 'db', 'archive-compression': 'gzip' }, {}),
  ).toEqual([]);
});

test('an input of another strategy is named with the one that it belongs to', () => {
  expect(complaints({ 'home-path': '/home' }, { home: 'none' })).toEqual([
    "Input 'home-path' belongs to home-strategy: rsync; remove it, or choose that strategy.",
  ]);
});

test('a default says nothing, because the runner passes it as if it had been written', () => {
  expect(complaints({ 'archive-compression': 'zstd' }, { archive: 'restic' })).toEqual([]);
  expect(complaints({ 'archive-compression': 'none' }, { archive: 'restic' })).toHaveLength(1);
});

test('inputs that belong to no strategy are never strangers', () => {
  expect(
    complaints({ 'backup-root': '/backup', 'keep-backups': '3' }, { home: 'none', database: 'none' }),
  ).toEqual([]);
});

test('a secret is one too, a blank one even, and is masked', () => {
  const masked: string[] = [];
  const inputs = new InputReader({
    raw: (name) => (name === 'database-password' ? ' hunter2' : ''),
    mask: (secret) => masked.push(secret),
  });
  refuseForeignInputs(inputs, 'backup', { ...ALL, database: 'none' });
  expect(() => inputs.finish()).toThrow('database-password');
  expect(() => inputs.finish()).not.toThrow('hunter2');
  expect(masked).toEqual([' hunter2']);
});

test('every input of a strategy is a stranger to every other', () => {
  const given = Object.fromEntries(inputDeclarations.map(({ name }) => [name, 'given']));
  const owned = inputsOf('backup')
    .filter(({ strategies }) => strategies !== undefined)
    .map(({ name }) => name);
  const named = complaints(given, { home: 'none', database: 'none', archive: 'other' }).map(
    (complaint) => /^Input '([^']+)'/.exec(complaint)?.[1],
  );
  expect(named).toEqual(owned);
});
