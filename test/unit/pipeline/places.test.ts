import { chmodSync, chownSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { folderFindings, nearestExisting } from '../../../src/pipeline/places.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let root: string;

beforeEach(() => {
  root = temporaryFolder();
});

/** @returns the one sentence about `backup-root`. */
function complaint(path: string): string {
  const findings = folderFindings('backup-root', path);
  expect(findings).toMatchObject([{ severity: 'error', subject: 'backup-root' }]);
  const message = findings[0]?.message ?? '';
  expect(message).toMatch(/^Input 'backup-root' names \/.*\.$/);
  expect(message).toContain(path);
  return message;
}

test('a folder of our own is fine, and so is one that can be created; nothing is', () => {
  expect(folderFindings('backup-root', root)).toEqual([]);
  expect(folderFindings('backup-root', join(root, 'not', 'there', 'yet'))).toEqual([]);
  expect(readdirSync(root)).toEqual([]);
});

test('a file is no folder, and nothing can be created in one', () => {
  const file = join(root, 'file');
  writeFileSync(file, '');
  expect(complaint(file)).toContain('not a folder');
  expect(complaint(join(file, 'below'))).toContain(`${file} is not a folder`);
});

test('a link is refused: it may lead elsewhere tomorrow', () => {
  const link = join(root, 'link');
  symlinkSync(root, link);
  expect(complaint(link)).toContain('symbolic link');
  symlinkSync('/nowhere', join(root, 'dead'));
  expect(complaint(join(root, 'dead'))).toContain('symbolic link');
});

test('a folder of another user is refused', () => {
  chownSync(root, 65_534, 65_534);
  expect(complaint(root)).toContain('belongs to user id 65534');
});

test('a folder that anybody may write to is refused', () => {
  chmodSync(root, 0o777);
  expect(complaint(root)).toContain('chmod o-w');
});

test('a folder that even root cannot write to is told before anything is tried', () => {
  expect(complaint('/proc/sys/kernel')).toContain('cannot be written to');
  expect(complaint('/proc/sys/kernel/below')).toContain('cannot be created in');
});

test('the nearest folder that exists is found from below', () => {
  mkdirSync(join(root, 'a'));
  expect(nearestExisting(join(root, 'a', 'b', 'c'))).toBe(join(root, 'a'));
  expect(nearestExisting(root)).toBe(root);
  expect(nearestExisting('/no/such/path')).toBe('/');
});
