/**
 * Starts every search server once, and keeps the classes that it has loaded in a form that Java maps into memory: later
 * starts take about half the time. Run by the set-up, as `node class-archives.ts`.
 */
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chmod } from 'node:fs/promises';
import { whyMissing } from './installed.ts';
import { classArchiveOf } from './java-command.ts';
import { startSearchServer } from './search-server.ts';
import { searchVersions, type SearchVersion } from './versions.ts';

for (const version of searchVersions) {
  if (whyMissing(version) === undefined && !existsSync(classArchiveOf(version))) {
    await makeClassArchive(version);
  }
}

async function makeClassArchive(version: SearchVersion): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'classes-'));
  try {
    // The server's account writes into it.
    await chmod(folder, 0o777);
    const made = join(folder, 'classes.jsa');
    const server = await startSearchServer({ version, classArchive: made });
    await server.kill('SIGTERM');
    if (!existsSync(made)) {
      throw new Error(`${version} has written no class archive:\n${await server.log()}`);
    }
    await server.stop();
    const kept = classArchiveOf(version);
    await copyFile(made, `${kept}.new`);
    await rename(`${kept}.new`, kept);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
