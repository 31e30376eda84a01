/**
 * Is the committed `dist/` what this source builds? Builds afresh and asks git; what differs stays in place, ready to be
 * looked at and committed.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

try {
  run(process.execPath, [join(import.meta.dirname, 'build.ts')]);
  const changes = git('status', '--porcelain', '--', 'dist');
  if (changes !== '') {
    // dist/ is marked as binary for git, so that reviews stay readable; here its text is wanted.
    const difference = git('diff', '--text', '--unified=0', '--', 'dist').split('\n');
    console.log(`dist/ is not what the source builds:\n${changes}\n${difference.slice(0, 60).join('\n')}`);
    console.log('The fresh build is in place; commit dist/ together with the source it comes from.');
    process.exitCode = 1;
  }
} catch (error) {
  console.log(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** A checkout that belongs to another user, as in a container, is no reason to refuse a question about it. */
function git(...args: readonly string[]): string {
  return run('git', ['-c', `safe.directory=${root}`, ...args]);
}

function run(program: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (status !== 0) {
    throw new Error(`${program} ${args.join(' ')} failed:\n${error?.message ?? `${stdout}${stderr}`}`);
  }
  return stdout.trimEnd();
}
