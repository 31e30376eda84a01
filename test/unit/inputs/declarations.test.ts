import { expect, test } from 'vitest';
import { inputDeclarations, inputsOf } from '../../../src/inputs/declarations.ts';
import { outputDeclarations } from '../../../src/inputs/outputs.ts';

test.each([
  ['inputs', inputDeclarations.map(({ name }) => name)],
  ['outputs', outputDeclarations.map(({ name }) => name)],
])('the names of %s are unique and in kebab case', (_what, names) => {
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) {
    expect(name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
  }
});

test.each([...inputDeclarations, ...outputDeclarations])(
  '$name is described in whole sentences',
  ({ description }) => {
    expect(description).toMatch(/^[A-Z`].{10,}\.$/s);
    expect(description).not.toMatch(/\n/);
  },
);

test('each belongs to an action', () => {
  for (const { name, actions } of [...inputDeclarations, ...outputDeclarations]) {
    expect({ name, actions: actions.length }).not.toEqual({ name, actions: 0 });
  }
  expect(inputsOf('backup').length).toBeGreaterThan(0);
});

test('secrets are those that hold one, and have no default', () => {
  const secrets = inputDeclarations.filter(({ secret }) => secret === true);
  expect(secrets.map(({ name }) => name)).toEqual([
    'bitbucket-password',
    'bitbucket-token',
    'database-password',
  ]);
  expect(secrets.filter((declaration) => declaration.default !== undefined)).toEqual([]);
  for (const { name, secret } of inputDeclarations) {
    expect({ name, secret: secret === true }).toEqual({ name, secret: /password|token|secret/.test(name) });
  }
});

test('what is required has no default, and what has one is not required', () => {
  for (const declaration of inputDeclarations) {
    expect([declaration.name, declaration.required === true && declaration.default !== undefined]).toEqual([
      declaration.name,
      false,
    ]);
  }
});
