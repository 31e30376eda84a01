import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  claimPrivateFile,
  draftOf,
  readPrivateFile,
  removeDraft,
  writePrivateFile,
} from '../../../src/host/private-file.ts';
import { failureIn } from '../../support/failure.ts';
import { runProgram } from '../../support/program.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const NOBODY = 65_534;

let folder: string;
let path: string;

beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder, 'journal.json');
});

describe('writing', () => {
  test('only we may read the file, whatever the umask', () => {
    const before = process.umask(0);
    try {
      writePrivateFile(path, 'content', 'run');
    } finally {
      process.umask(before);
    }
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).toBe('content');
  });

  test('the old content is replaced in one step by a new file, and nothing else is left', () => {
    writePrivateFile(path, 'old', 'run');
    const { ino } = statSync(path);
    linkSync(path, join(folder, 'still-old'));
    writePrivateFile(path, 'new', 'run');
    expect(statSync(path).ino).not.toBe(ino);
    expect(readFileSync(join(folder, 'still-old'), 'utf8')).toBe('old');
    expect(readdirSync(folder).sort()).toEqual(['journal.json', 'still-old']);
  });

  test('a planted link is replaced, not written through', () => {
    const victim = join(folder, 'victim');
    writeFileSync(victim, 'precious');
    symlinkSync(victim, path);
    writePrivateFile(path, 'content', 'run');
    expect(readFileSync(victim, 'utf8')).toBe('precious');
    expect(lstatSync(path).isSymbolicLink()).toBe(false);
  });

  test('a folder that is gone is an error, and leaves nothing', () => {
    expect(() => writePrivateFile(join(folder, 'gone', 'file'), 'x', 'run')).toThrow('ENOENT');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a draft', () => {
  test('that a killed writer left is removed by his name, and no other', () => {
    writeFileSync(draftOf(path, 'killed'), 'half');
    writeFileSync(draftOf(path, 'other'), 'half');
    removeDraft(path, 'killed');
    removeDraft(path, 'killed');
    expect(readdirSync(folder)).toEqual(['journal.json.other.new']);
  });

  test("of another writer is in nobody's way", () => {
    writeFileSync(draftOf(path, 'killed'), 'half');
    writePrivateFile(path, 'content', 'run');
    expect(readFileSync(path, 'utf8')).toBe('content');
    expect(readFileSync(draftOf(path, 'killed'), 'utf8')).toBe('half');
  });
});

describe('claiming', () => {
  test('the first one gets the name, the second one does not', () => {
    expect(claimPrivateFile(path, 'first', 'run')).toBe(true);
    expect(claimPrivateFile(path, 'second', 'run')).toBe(false);
    expect(readFileSync(path, 'utf8')).toBe('first');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['journal.json']);
  });

  test('a planted link counts as taken, even one that leads nowhere', () => {
    const victim = join(folder, 'victim');
    symlinkSync(victim, path);
    expect(claimPrivateFile(path, 'content', 'run')).toBe(false);
    expect(existsSync(victim)).toBe(false);
  });
});

describe('reading', () => {
  test('what was written is read; what is not there is undefined', () => {
    expect(readPrivateFile(path)).toBeUndefined();
    writePrivateFile(path, 'äöü', 'run');
    expect(readPrivateFile(path)).toBe('äöü');
  });

  test('a planted link is refused', () => {
    const other = join(folder, 'other');
    writePrivateFile(other, 'content', 'run');
    symlinkSync(other, path);
    const error = failureIn(() => readPrivateFile(path));
    expect(error.code).toBe('UNSAFE_STATE');
    expect(error.message).toContain(path);
  });

  test('a file of another user is refused, naming him', () => {
    writePrivateFile(path, 'content', 'run');
    chownSync(path, NOBODY, NOBODY);
    const error = failureIn(() => readPrivateFile(path));
    expect(error.code).toBe('UNSAFE_STATE');
    expect(error.message).toContain(`user id ${NOBODY}`);
  });

  test.each([0o620, 0o602, 0o666])('a file that others may write to is refused (mode %i)', (mode) => {
    writePrivateFile(path, 'content', 'run');
    chmodSync(path, mode);
    const error = failureIn(() => readPrivateFile(path));
    expect(error.code).toBe('UNSAFE_STATE');
    expect(error.message).toContain(mode.toString(8));
    expect(error.advice).toContain(path);
  });

  test('a folder of that name is refused', () => {
    mkdirSync(path, { mode: 0o700 });
    expect(failureIn(() => readPrivateFile(path)).code).toBe('UNSAFE_STATE');
  });

  test('a pipe of that name is refused, and not waited for', async () => {
    await runProgram('mkfifo', ['-m', '600', path]);
    const script = `import { readPrivateFile } from ${JSON.stringify(import.meta.resolve('../../../src/host/private-file.ts'))};
      try { readPrivateFile(${JSON.stringify(path)}); } catch (error) { console.log(error.code); }`;
    // In a process of its own: if it waits, it blocks everything.
    const { stdout } = await runProgram('timeout', [
      '5',
      process.execPath,
      '--input-type=module',
      '-e',
      script,
    ]);
    expect(stdout.toString().trim()).toBe('UNSAFE_STATE');
  });
});
