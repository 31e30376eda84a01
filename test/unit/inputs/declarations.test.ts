import { expect, test } from 'vitest';
import { type ActionName, inputDeclarations, inputsOf } from '../../../src/inputs/declarations.ts';
import { outputDeclarations, outputsOf } from '../../../src/inputs/outputs.ts';

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
  for (const action of ['backup', 'restore', 'cancel'] as const) {
    expect(inputsOf(action).length).toBeGreaterThan(0);
    expect(outputsOf(action).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['result', 'error-code', 'duration-seconds']),
    );
  }
});

test('secrets are those that hold one, and have no default', () => {
  const secrets = inputDeclarations.filter(({ secret }) => secret === true);
  expect(secrets.map(({ name }) => name)).toEqual([
    'bitbucket-password',
    'bitbucket-token',
    'database-password',
    'elasticsearch-password',
  ]);
  expect(secrets.filter((declaration) => declaration.default !== undefined)).toEqual([]);
  // Tokens of the maintenance are shown on purpose: they are how an administrator gets out by hand.
  const shown = ['unlock-token', 'cancel-token'];
  for (const { name, secret } of inputDeclarations.filter((input) => !shown.includes(input.name))) {
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

function isUrlRequired(action: ActionName): boolean | undefined {
  return inputsOf(action).find(({ name }) => name === 'bitbucket-url')?.required;
}

test('an input can mean something else in another action, and is described there as well', () => {
  expect(isUrlRequired('backup')).toBe(true);
  expect(isUrlRequired('restore')).toBe(false);
  for (const { name, differs } of inputDeclarations) {
    for (const { description } of Object.values(differs ?? {})) {
      expect(`${name}: ${description}`).toMatch(/: [A-Z`].{10,}\.$/s);
    }
  }
});
