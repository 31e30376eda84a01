import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sweepPrivateFolders, withPrivateFolder } from '../../../src/host/private-folder.ts';
import type { ProcessIdentity } from '../../../src/host/process-identity.ts';
import { deadProcess } from '../../support/journal-fixture.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let parent: string;

beforeEach(() => {
  parent = temporaryFolder();
  vi.stubEnv('RUNNER_TEMP', parent);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** As a run that was killed. */
function leave(name: string, owner: ProcessIdentity | string | undefined): string {
  const folder = join(parent, name);
  mkdirSync(folder, { mode: 0o700 });
  writeFileSync(join(folder, 'pgpass'), 's3cret', { mode: 0o600 });
  if (owner !== undefined) {
    const text = typeof owner === 'string' ? owner : JSON.stringify(owner);
    writeFileSync(join(folder, 'owner.json'), text, { mode: 0o600 });
  }
  return folder;
}

test('only we may look into it, and it is there for a while only', async () => {
  let path = '';
  await withPrivateFolder(async (folder) => {
    path = folder;
    expect(folder.startsWith(`${parent}/`)).toBe(true);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    await Promise.resolve();
  });
  expect(path).not.toBe('');
  expect(readdirSync(parent)).toEqual([]);
});

test('it is gone after a failure, too', async () => {
  const failed = withPrivateFolder(async () => await Promise.reject(new Error('refused')));
  await expect(failed).rejects.toThrow('refused');
  expect(readdirSync(parent)).toEqual([]);
});

test('what a killed run has left is removed, with the password in it', () => {
  const left = leave('bitbucket-private-x1', deadProcess());
  expect(sweepPrivateFolders()).toBe(1);
  expect(existsSync(left)).toBe(false);
});

test('that of a run that lives stays', async () => {
  await withPrivateFolder(async (folder) => {
    expect(sweepPrivateFolders()).toBe(0);
    expect(existsSync(folder)).toBe(true);
    await Promise.resolve();
  });
});

test.each([
  ['of a run elsewhere', 'bitbucket-private-x1', { ...deadProcess(), hostname: 'elsewhere' }],
  ['without an owner', 'bitbucket-private-x1', undefined],
  ['with half an owner', 'bitbucket-private-x1', '{"pid":1}'],
  ['with an owner that is no JSON', 'bitbucket-private-x1', '{'],
  ['of another name', 'bitbucket-backup-x1', deadProcess()],
] as const)('a folder %s stays', (_what, name, owner) => {
  const folder = leave(name, owner);
  expect(sweepPrivateFolders()).toBe(0);
  expect(existsSync(folder)).toBe(true);
});

test('a temporary folder that is gone is told', () => {
  vi.stubEnv('RUNNER_TEMP', join(parent, 'gone'));
  expect(() => sweepPrivateFolders()).toThrow('ENOENT');
});
