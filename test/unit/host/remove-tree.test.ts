import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { createCommandRunner } from '../../../src/host/command.ts';
import { removeTree } from '../../../src/host/remove-tree.ts';
import { failureOf } from '../../support/failure.ts';
import { runProgram } from '../../support/program.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const commands = createCommandRunner();
let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
});

test('a tree is gone with all that is in it, and nothing beside it', async () => {
  mkdirSync(join(folder, '-rf', 'a', 'b'), { recursive: true });
  writeFileSync(join(folder, '-rf', 'a', 'read-only'), '', { mode: 0o400 });
  writeFileSync(join(folder, '-rf2'), '');
  await removeTree(commands, join(folder, '-rf'));
  expect(readdirSync(folder)).toEqual(['-rf2']);
});

test('what is not there is no error', async () => {
  await removeTree(commands, join(folder, 'nothing'));
  await removeTree(commands, join(folder, 'nothing', 'below'));
  expect(readdirSync(folder)).toEqual([]);
});

test('of a link the link goes, not what it leads to', async () => {
  mkdirSync(join(folder, 'tree'));
  mkdirSync(join(folder, 'kept'));
  writeFileSync(join(folder, 'kept', 'file'), '');
  symlinkSync(join(folder, 'kept'), join(folder, 'tree', 'link'));
  symlinkSync(join(folder, 'kept'), join(folder, 'link'));
  await removeTree(commands, join(folder, 'tree'));
  await removeTree(commands, join(folder, 'link'));
  expect(readdirSync(folder)).toEqual(['kept']);
  expect(readdirSync(join(folder, 'kept'))).toEqual(['file']);
});

test('what is mounted in it stays, and is an error', async () => {
  const mounted = join(folder, 'tree', 'mounted');
  mkdirSync(mounted, { recursive: true });
  await runProgram('mount', ['-t', 'tmpfs', 'tmpfs', mounted]);
  onTestFinished(async () => {
    await runProgram('umount', [mounted]);
  });
  writeFileSync(join(mounted, 'theirs'), '');
  expect((await failureOf(removeTree(commands, join(folder, 'tree')))).code).toBe('COMMAND_FAILED');
  expect(existsSync(join(mounted, 'theirs'))).toBe(true);
});
