import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { distrust } from '../../../../src/strategies/custom/trusted-command.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

function makeCommand(): { readonly folder: string; readonly command: string } {
  const folder = join(temporaryFolder(), 'commands');
  mkdirSync(folder, { mode: 0o755 });
  const command = join(folder, 'backup.sh');
  writeFileSync(command, '#!/bin/sh\n', { mode: 0o755 });
  return { folder, command };
}

test('a command of our own in a folder of our own is trusted, also below one with the sticky bit', () => {
  expect(distrust(makeCommand().command)).toBeUndefined();
});

test('one that is not there is told', () => {
  expect(distrust('/nowhere/backup.sh')).toContain('ENOENT');
});

test('a folder is none', () => {
  expect(distrust(makeCommand().folder)).toBe('is not a file');
});

test('one that may not be executed is told', () => {
  const { command } = makeCommand();
  chmodSync(command, 0o644);
  expect(distrust(command)).toContain('chmod u+x');
});

test.each([0o775, 0o757, 0o777])('one that others may change is refused (mode %o)', (mode) => {
  const { command } = makeCommand();
  chmodSync(command, mode);
  expect(distrust(command)).toContain('other users may write to the file');
});

test.each([0o775, 0o777])('one in a folder that others may change is refused (mode %o)', (mode) => {
  const { folder, command } = makeCommand();
  chmodSync(folder, mode);
  expect(distrust(command)).toContain(`other users may write to the folder ${folder}`);
});

test('one of somebody else is refused, and so is one in his folder', () => {
  const { folder, command } = makeCommand();
  chownSync(command, 65_534, 65_534);
  expect(distrust(command)).toContain('the file belongs to user id 65534');
  chownSync(command, 0, 0);
  chownSync(folder, 65_534, 65_534);
  expect(distrust(command)).toContain(`the folder ${folder} belongs to user id 65534`);
});

test('a link is followed to where it leads, and both places are looked at', () => {
  const { folder, command } = makeCommand();
  const other = makeCommand();
  const link = join(other.folder, 'link');
  symlinkSync(command, link);
  expect(distrust(link)).toBeUndefined();
  chmodSync(folder, 0o777);
  expect(distrust(link)).toContain(folder);
  chmodSync(folder, 0o755);
  chmodSync(other.folder, 0o777);
  expect(distrust(link)).toContain(other.folder);
});
