/** File systems of a test's own, unmounted when the test is over. Needs root. */
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { runProgram } from './program.ts';

/** A new ext4, `lost+found` and all. @param making options of mkfs. @returns where it is mounted */
export async function mountDisk(
  path: string = mkdtempSync(join(tmpdir(), 'mounted-')),
  bytes: number = 128 * 1024 ** 2,
  making: readonly string[] = [],
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'disk-'));
  const image = join(folder, 'image');
  writeFileSync(image, '');
  truncateSync(image, bytes);
  await runProgram('mkfs.ext4', ['-q', '-F', ...making, image]);
  await mount(path, ['-o', 'loop', image, path]);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return path;
}

export async function mountTmpfs(path: string): Promise<string> {
  await mount(path, ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', path]);
  return path;
}

/** The same file system once more, as containers get their volumes: names do not move between the two. */
export async function bindMount(folder: string, path: string): Promise<string> {
  await mount(path, ['--bind', folder, path]);
  return path;
}

export async function makeReadOnly(path: string): Promise<void> {
  await runProgram('mount', ['-o', 'remount,ro', path]);
}

async function mount(path: string, args: readonly string[]): Promise<void> {
  mkdirSync(path, { recursive: true });
  await runProgram('mount', args);
  onTestFinished(async () => {
    await runProgram('umount', ['--lazy', path]);
  });
}
