/** git, untouched by the configuration of user and machine. */
import { join } from 'node:path';
import { type ProgramOptions, programText, runProgram } from '../program.ts';

export const GIT_ENVIRONMENT: Readonly<Record<string, string>> = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: join(import.meta.dirname, 'gitconfig'),
  GIT_TERMINAL_PROMPT: '0',
  HOME: '/nonexistent',
  LC_ALL: 'C.UTF-8',
};

/** Standard output of git. @throws Error with git's words when it fails */
export async function git(
  repository: string,
  args: readonly string[],
  input?: NonNullable<ProgramOptions['input']>,
): Promise<string> {
  return await programText('git', ['-C', repository, ...args], {
    env: GIT_ENVIRONMENT,
    ...(input === undefined ? {} : { input }),
  });
}

/** @throws Error naming what is wrong: a missing or damaged object, a bad ref, a warning */
export async function gitFsck(repository: string): Promise<void> {
  const { stdout, stderr } = await runProgram(
    'git',
    ['-C', repository, 'fsck', '--full', '--strict', '--no-dangling', '--no-progress'],
    { env: GIT_ENVIRONMENT },
  );
  // `notice:` tells of an empty repository, which is none the worse for it.
  const complaints = `${stdout.toString('utf8')}${stderr}`
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('notice:'));
  if (complaints.length > 0) {
    throw new Error(`git fsck in ${repository}:\n${complaints.join('\n')}`);
  }
}

/** Ref to object id, and HEAD to the ref it names. */
export async function refsOf(repository: string): Promise<Record<string, string>> {
  const lines = await git(repository, ['for-each-ref', '--format=%(refname) %(objectname)']);
  const refs = Object.fromEntries(
    lines.split('\n').flatMap((line): [string, string][] => {
      const [name = '', sha = ''] = line.split(' ');
      return name === '' ? [] : [[name, sha]];
    }),
  );
  return { HEAD: await git(repository, ['symbolic-ref', 'HEAD']), ...refs };
}
