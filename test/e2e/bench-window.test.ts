/** The benchmark of the locked window in small, so that it works on the day that somebody wants to know. */
import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT_ROOT } from '../support/backup-stand.ts';
import { programText } from '../support/program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('measures both contenders, says what they reached, and leaves nothing behind', async () => {
  const folder = temporaryFolder();
  // The database server runs under an account of its own.
  chmodSync(folder, 0o711);
  const sizes = ['--homes', '0.002', '--databases', '0.004', '--rounds', '1'];
  const script = join(PROJECT_ROOT, 'bench', 'bench.ts');
  const output = await programText(process.execPath, [script, 'window', ...sizes], {
    env: { TMPDIR: folder, HOME: folder },
  });

  expect(output).toMatch(/home of 240 files \(.*\), database of 1\.0 MiB:/);
  expect(output).toMatch(/classic sequence +\d+\.\d\d s +\d+\.\d\d s/);
  expect(output).toMatch(/this action +\d+\.\d\d s +\d+\.\d\d s/);
  expect(output.match(/\(goal: /g)).toHaveLength(3);
  expect(readdirSync(folder)).toEqual([]);
  // Half a minute on a machine that is busy with other tests: it waits for the disk between runs.
}, 180_000);
