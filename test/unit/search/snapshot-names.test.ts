import { expect, test } from 'vitest';
import { instanceOf, isOfInstance, snapshotName } from '../../../src/search/snapshot-names.ts';

const ID = 'Bitbucket-20261126-020000-123';

test('a snapshot is called as its backup, in lower case', () => {
  expect(snapshotName(ID)).toBe('bitbucket-20261126-020000-123');
  expect(isOfInstance(snapshotName(ID), instanceOf(ID))).toBe(true);
});

test.each([
  [ID, 'Bitbucket'],
  ['bitbucket-2-20261126-020000-123', 'bitbucket-2'],
  ['a-20261126-020000-123-20261126-020000-123', 'a-20261126-020000-123'],
])('%s is of the instance %s', (id, instance) => {
  expect(instanceOf(id)).toBe(instance);
});

test.each([
  'bitbucket-2-20261126-020000-123',
  'jitbucket-20261126-020000-123',
  'bitbucket20261126-020000-123',
  'my-bitbucket-20261126-020000-123',
  'bitbucket-20261126-020000-123-x',
  'bitbucket-20261126-020000-1234',
  'bitbucket-20261126-020000',
  'bitbucket-',
  'bitbucket',
  'by-hand',
  '',
])('%j is none of the instance bitbucket', (name) => {
  expect(isOfInstance(name, 'bitbucket')).toBe(false);
});
