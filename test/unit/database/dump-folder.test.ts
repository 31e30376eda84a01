import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  createPartial,
  measureDump,
  partialFolder,
  publishDump,
  removeLeftovers,
  removePartial,
} from '../../../src/database/dump-folder.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'dump-folder-'));
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

async function makeDump(name: string, content: string): Promise<string> {
  const folder = join(root, name);
  await mkdir(folder);
  await writeFile(join(folder, 'toc.dat'), content);
  return folder;
}

async function publishedContent(): Promise<string> {
  return await readFile(join(root, 'bitbucket-db', 'toc.dat'), 'utf8');
}

it('makes a private folder and refuses a link in its place', async () => {
  const folder = partialFolder(root, 'id-1');
  await createPartial(folder);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  const elsewhere = await mkdtemp(join(tmpdir(), 'elsewhere-'));
  await symlink(elsewhere, partialFolder(root, 'id-2'));
  await expect(createPartial(partialFolder(root, 'id-2'))).rejects.toThrow('EEXIST');
  await rm(elsewhere, { recursive: true });
});

it('removes a partial folder, and nothing when there is none', async () => {
  const folder = await makeDump('.bitbucket-db.partial-id-1', 'x');
  await removePartial(folder);
  await removePartial(folder);
  expect(await readdir(root)).toEqual([]);
});

it('publishes the first dump and replaces it with the second', async () => {
  await publishDump(await makeDump('.bitbucket-db.partial-1', 'first'), root, '1');
  expect(await publishedContent()).toBe('first');
  await publishDump(await makeDump('.bitbucket-db.partial-2', 'second'), root, '2');
  expect(await publishedContent()).toBe('second');
  expect(await readdir(root)).toEqual(['bitbucket-db']);
});

it('puts the old dump back when the new one is not there', async () => {
  await makeDump('bitbucket-db', 'old');
  await expect(publishDump(join(root, 'missing'), root, '2')).rejects.toThrow('ENOENT');
  expect(await publishedContent()).toBe('old');
  expect(await readdir(root)).toEqual(['bitbucket-db']);
});

it('clears away what dead runs left and nothing else', async () => {
  await makeDump('bitbucket-db', 'old');
  await makeDump('.bitbucket-db.partial-20260101-000000-000', 'cut');
  await makeDump('.bitbucket-db.old-20260101-000000-000', 'older');
  await makeDump('bitbucket-home', 'home');
  expect(await removeLeftovers(root)).toHaveLength(2);
  expect((await readdir(root)).sort()).toEqual(['bitbucket-db', 'bitbucket-home']);
  expect(await publishedContent()).toBe('old');
});

it('brings back the old dump of a run that died between the two renames', async () => {
  await makeDump('.bitbucket-db.old-20260101-000000-000', 'older');
  await makeDump('.bitbucket-db.old-20260201-000000-000', 'old');
  await removeLeftovers(root);
  expect(await readdir(root)).toEqual(['bitbucket-db']);
  expect(await publishedContent()).toBe('old');
});

it('does not follow a link among the leftovers', async () => {
  const precious = await makeDump('precious', 'x');
  await symlink(precious, join(root, '.bitbucket-db.partial-planted'));
  await removeLeftovers(root);
  expect(await readFile(join(precious, 'toc.dat'), 'utf8')).toBe('x');
});

it('counts files and bytes, also below a folder', async () => {
  const folder = await makeDump('dump', '12345');
  await mkdir(join(folder, 'blobs_1'));
  await writeFile(join(folder, 'blobs_1', 'blob.dat'), '123');
  expect(await measureDump(folder)).toEqual({ files: 2, bytes: 8 });
});
