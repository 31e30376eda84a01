import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bestCompression, compressArgument } from '../../../../src/database/postgresql/dump-compression.ts';
import { createCommandRunner } from '../../../../src/host/command.ts';

/** As pg_dump 16 says it, which is not installed where this is tested: the sentences are those of its source. */
const WITH_ZSTD = 'pg_dump: error: could not create directory "/dev/null/none": Not a directory';
const FROM_18_ON = 'pg_dump: error: error opening output directory "/dev/null/none": Not a directory';
const WITHOUT_ZSTD =
  'pg_dump: error: invalid compression specification: this build does not support compression with zstd';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'compression-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function best(number: number, script: string): Promise<string> {
  const pgDump = join(folder, 'pg_dump');
  await writeFile(pgDump, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const clients = { folder, version: { text: '', number }, pgDump, pgRestore: '', psql: '' };
  return await bestCompression(createCommandRunner(), clients);
}

it.each([
  ['zstd', 'with zstd', 160_004, `echo '${WITH_ZSTD}' >&2; exit 1`],
  ['zstd', 'with zstd from 18 on', 180_001, `echo '${FROM_18_ON}' >&2; exit 1`],
  ['gzip', 'without zstd', 160_004, `echo '${WITHOUT_ZSTD}' >&2; exit 1`],
  ['gzip', 'that is killed', 160_004, 'kill -9 $$'],
  ['gzip', 'that does what it cannot do', 160_004, 'exit 0'],
  ['gzip', 'before 16', 150_018, `echo '${WITH_ZSTD}' >&2; exit 1`],
])('takes %s with a pg_dump %s', async (compression, _which, version, script) => {
  expect(await best(version, script)).toBe(compression);
});

it('asks without a server: pg_dump is told to make a folder where none can be', async () => {
  const asked = join(folder, 'asked');
  await best(160_004, `echo "$@" > '${asked}'; exit 1`);
  expect((await readFile(asked, 'utf8')).trim()).toBe(
    '--format=directory --compress=zstd --file=/dev/null/none --no-password',
  );
});

it('fails when pg_dump cannot be run at all', async () => {
  const clients = {
    folder,
    version: { text: '', number: 160_004 },
    pgDump: join(folder, 'missing'),
    pgRestore: '',
    psql: '',
  };
  await expect(bestCompression(createCommandRunner(), clients)).rejects.toMatchObject({
    code: 'TOOL_MISSING',
  });
});

it('takes the fast level of gzip', () => {
  expect((['none', 'gzip', 'zstd'] as const).map(compressArgument)).toEqual([
    '--compress=0',
    '--compress=1',
    '--compress=zstd',
  ]);
});
