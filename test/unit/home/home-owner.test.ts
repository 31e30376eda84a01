import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/errors.ts';
import { createCommandRunner, type CommandRunner } from '../../../src/host/command.ts';
import { giveAway, type HomeOwner, readHomeOwner } from '../../../src/home/home-owner.ts';
import { createInputReader } from '../../contract/input-reader.ts';
import { failureIn } from '../../support/failure.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function read(text: string): HomeOwner | undefined {
  const inputs = createInputReader({ 'home-owner': text });
  const owner = readHomeOwner(inputs);
  inputs.finish();
  return owner;
}

it.each([
  ['bitbucket:bitbucket', 'bitbucket', 'bitbucket'],
  ['atlbitbucket:users', 'atlbitbucket', 'users'],
  ['1001:0', '1001', '0'],
  ['machine$:svc.git-1_x', 'machine$', 'svc.git-1_x'],
  ['_daemon:1001', '_daemon', '1001'],
])('%s is a user and a group', (text, user, group) => {
  expect(read(text)).toEqual({ user, group });
});

it('is left out when it is empty', () => {
  expect(read('')).toBeUndefined();
});

it.each([
  'bitbucket',
  'bitbucket:',
  ':bitbucket',
  'a:b:c',
  '-R:x',
  'a b:c',
  'a:b/../c',
  '$(id):x',
  'a$b:c',
  '../a:b',
  '12345678901:1',
  '+1:1',
])('%j is none, and the sentence says how one looks', (text) => {
  const error = failureIn(() => read(text));
  expect(error).toBeInstanceOf(ConfigurationError);
  expect(error).toMatchObject({
    problems: [
      {
        subject: 'home-owner',
        message: `Input 'home-owner' is '${text}'; use user:group, such as bitbucket:bitbucket.`,
      },
    ],
  });
});

it('passes a name with a dollar sign on as it is: no shell is between', async () => {
  const started: string[][] = [];
  const commands: CommandRunner = {
    run: async (program, args) => {
      started.push([program, ...args]);
      return await Promise.reject(new Error('not here'));
    },
  };
  const owner = { user: 'machine$', group: 'machine$' };
  await expect(giveAway(commands, owner, '/-R', new AbortController().signal)).rejects.toThrow('not here');
  expect(started).toEqual([['chown', '--recursive', '--no-dereference', 'machine$:machine$', '--', '/-R']]);
});

it('gives a tree away to the last dangling link', async () => {
  const folder = join(temporaryFolder(), '-tree');
  mkdirSync(join(folder, 'deep'), { recursive: true });
  writeFileSync(join(folder, 'deep/file'), '', { mode: 0o000 });
  symlinkSync('nowhere', join(folder, 'deep/link'));
  await giveAway(createCommandRunner(), { user: '77', group: '88' }, folder, new AbortController().signal);
  for (const name of ['', 'deep', 'deep/file', 'deep/link']) {
    expect(await lstat(join(folder, name))).toMatchObject({ uid: 77, gid: 88 });
  }
});
