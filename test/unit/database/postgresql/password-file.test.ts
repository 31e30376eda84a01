import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { withPasswordFile } from '../../../../src/database/postgresql/password-file.ts';

it('holds the password in the form that libpq reads, for us alone, and only for a while', async () => {
  let path = '';
  const content = await withPasswordFile('a:b\\c d', async (file) => {
    path = file;
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(file))).mode & 0o777).toBe(0o700);
    return await readFile(file, 'utf8');
  });
  expect(content).toBe('*:*:*:*:a\\:b\\\\c d\n');
  expect(existsSync(dirname(path))).toBe(false);
});

it('is gone after a failure, too', async () => {
  let path = '';
  const failed = withPasswordFile('x', async (file) => {
    path = file;
    return await Promise.reject(new Error('refused'));
  });
  await expect(failed).rejects.toThrow('refused');
  expect(path).not.toBe('');
  expect(existsSync(path)).toBe(false);
});
