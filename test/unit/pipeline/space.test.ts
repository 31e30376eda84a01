import { statfsSync, statSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { spaceFindings } from '../../../src/pipeline/space.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const TERA = 1024 ** 4;

function free(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

test('where there is room nothing is said', async () => {
  expect(await spaceFindings([{ path: temporaryFolder(), bytes: 1, files: 1, what: 'copy' }])).toEqual([]);
  expect(await spaceFindings([])).toEqual([]);
});

test('what is needed on one file system is added up and told in parts', async () => {
  const folder = temporaryFolder();
  const findings = await spaceFindings([
    { path: folder, bytes: 1_000 * TERA, what: 'copy of the home' },
    { path: join(folder, 'archives', 'not', 'there', 'yet'), bytes: 24 * TERA, what: 'archive' },
  ]);
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({ severity: 'error', subject: 'backup-root' });
  expect(findings[0]?.message).toContain('(copy of the home 1000 TiB + archive 24.0 TiB)');
  expect(findings[0]?.message).toContain(`free on ${folder}`);
});

test('needs that fit alone may not fit together', async () => {
  const folder = temporaryFolder();
  const bytes = free(folder) * 0.6;
  expect(await spaceFindings([{ path: folder, bytes, what: 'a' }])).toEqual([]);
  expect(
    await spaceFindings([
      { path: folder, bytes, what: 'a' },
      { path: folder, bytes, what: 'b' },
    ]),
  ).toHaveLength(1);
});

test('a file system is not filled to its last block', async () => {
  const folder = temporaryFolder();
  expect(await spaceFindings([{ path: folder, bytes: free(folder) * 0.99, what: 'copy' }])).toHaveLength(1);
});

test('file systems are looked at one by one', async () => {
  const here = temporaryFolder();
  const there = mkdtempSync('/dev/shm/backup-test-');
  onTestFinished(() => {
    rmSync(there, { recursive: true });
  });
  expect(statSync(here).dev).not.toBe(statSync(there).dev);
  const findings = await spaceFindings([
    { path: here, bytes: 1, what: 'small' },
    { path: there, bytes: 9 * TERA, what: 'large' },
  ]);
  expect(findings).toHaveLength(1);
  expect(findings[0]?.message).toContain(there);
  expect(findings[0]?.message).not.toContain('small');
});

test('files need inodes', async () => {
  const folder = '/dev/shm';
  expect(statfsSync(folder).files).toBeGreaterThan(0);
  const findings = await spaceFindings([{ path: folder, bytes: 1, files: 1e12, what: 'copy' }]);
  expect(findings).toHaveLength(1);
  expect(findings[0]?.message).toContain('Not enough inodes');
});
