import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RestoreArchive } from '../../../src/archive/restore-source.ts';
import { tarRestore } from '../../../src/archive/tar-restore.ts';
import { createCommandRunner } from '../../../src/host/command.ts';
import { createInputReader } from '../../contract/input-reader.ts';
import { never } from '../../support/archive-source.ts';
import { craftTar } from '../../support/crafted-archives.ts';
import { failureIn, failureOf } from '../../support/failure.ts';
import { createMemoryLog } from '../../support/memory-log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
});

afterEach(() => {
  vi.unstubAllEnvs();
});

function restoreWith(inputs: Record<string, string>): RestoreArchive {
  const reader = createInputReader(inputs);
  const factory = tarRestore.read(reader);
  reader.finish();
  const { log } = createMemoryLog();
  return factory.create({ log, commands: createCommandRunner(), instanceName: 'bitbucket' });
}

test('archive-root is needed, unless the archive is given by its path', () => {
  for (const archive of ['latest', 'bitbucket-20260101-000000-000', '']) {
    const error = failureIn(() => restoreWith({ archive }));
    expect(error.message).toContain(
      "Input 'archive-root' is empty; set it, or give archive as an absolute path.",
    );
  }
  expect(restoreWith({ archive: '/x.tar' }).name).toBe('tar');
  expect(restoreWith({ 'archive-root': folder, archive: 'latest' }).name).toBe('tar');
});

test('without an archive-root nothing is listed, and a path is opened all the same', async () => {
  const path = join(folder, 'x.tar');
  writeFileSync(path, craftTar([{ name: 'manifest.json', content: '{}' }]));
  const archive = restoreWith({ archive: path });
  expect(await archive.available()).toEqual([]);
  const source = await archive.open(path);
  expect(await source.peekManifest(never)).toBe('{}');
  await source.close();
});

test('the latest is looked for when it is opened, among what is there then', async () => {
  const archive = restoreWith({ 'archive-root': folder, archive: 'latest' });
  expect((await failureOf(archive.open('latest'))).code).toBe('ARCHIVE_NOT_FOUND');
  const name = 'bitbucket-20260101-000000-000.tar';
  writeFileSync(join(folder, name), craftTar([{ name: 'manifest.json' }]));
  writeFileSync(join(folder, `${name}.sha256`), `${'0'.repeat(64)}  ${name}\n`);
  expect((await archive.available()).map((backup) => backup.name)).toEqual([name]);
  const source = await archive.open('latest');
  expect(source.path).toBe(join(folder, name));
  await source.close();
});

test('a machine without tar is told so, before and when it is needed', async () => {
  const path = join(folder, 'x.tar');
  writeFileSync(path, craftTar([{ name: 'manifest.json' }]));
  mkdirSync(join(folder, 'empty'));
  vi.stubEnv('PATH', join(folder, 'empty'));
  const archive = restoreWith({ archive: path });
  expect(await archive.preflight()).toMatchObject([{ severity: 'error', subject: 'tar' }]);
  expect((await failureOf(archive.open(path))).code).toBe('TOOL_MISSING');
});

test('with the tar of this machine there is nothing to say', async () => {
  expect(await restoreWith({ archive: '/x.tar' }).preflight()).toEqual([]);
});
