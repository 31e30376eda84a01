import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { programText } from '../../../support/program.ts';

/** What root may do anyway is asked as nobody. */
async function askAsNobody(folderMode: number, fileMode: number): Promise<unknown> {
  const top = mkdtempSync(join(tmpdir(), 'mssql-place-'));
  onTestFinished(() => rmSync(top, { recursive: true, force: true }));
  chmodSync(top, 0o755);
  const folder = join(top, 'backup');
  const file = join(top, 'f.bak');
  mkdirSync(folder);
  writeFileSync(file, 'backup');
  chmodSync(folder, folderMode);
  chmodSync(file, fileMode);
  const script = join(import.meta.dirname, 'ask-for-place.ts');
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  return JSON.parse(await programText(process.execPath, ['--no-warnings', script, folder, file], nobody));
}

test('a folder and a file that others may use', async () => {
  expect(await askAsNobody(0o777, 0o644)).toEqual(['6']);
});

test('a folder that cannot be read is an error, with the group that helps', async () => {
  const [first, second, ...rest] = [await askAsNobody(0o000, 0o644)].flat();
  expect(first).toMatch(/^error: '.*\/backup' cannot be read here; add the runner's user to the group/);
  expect([second, rest]).toEqual([first, ['6']]);
});

test('a folder that cannot be written to keeps the backups of a backup, and ends a restore', async () => {
  const [warning, error] = [await askAsNobody(0o555, 0o644)].flat();
  expect(warning).toMatch(/^warning: SQL Server's backup files will stay in '.*\/backup'/);
  expect(error).toMatch(/^error: The files of a restore cannot be put into '.*\/backup'/);
});

test('a file that the server keeps to itself', async () => {
  const said = [await askAsNobody(0o777, 0o000)].flat();
  expect(said).toEqual([
    expect.stringMatching(/^SQL Server wrote '\/on\/server\/f', and '.*f\.bak' cannot be read here\.$/),
  ]);
});
