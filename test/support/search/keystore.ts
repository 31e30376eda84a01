/** Secrets that OpenSearch takes from its keystore only, such as the keys of an S3 client. */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '../program.ts';
import { searchFolder } from './installed.ts';
import { homeOf, javaCommand } from './java-command.ts';
import { giveTo, type Place } from './place.ts';
import { SEARCH_VERSIONS, type SearchVersion } from './versions.ts';

/** Puts a keystore into the configuration; kept in the cache, since making one takes as long as half a server's start. */
export async function placeKeystore(
  place: Place,
  version: SearchVersion,
  secrets: Readonly<Record<string, string>>,
): Promise<void> {
  const name = `${SEARCH_VERSIONS[version].product}.keystore`;
  const target = join(place.folder, 'config', name);
  const digest = createHash('sha256').update(JSON.stringify(secrets)).digest('hex').slice(0, 16);
  const kept = join(searchFolder(), 'keystores', `${version}-${digest}`);
  if (!(await exists(kept))) {
    await makeKeystore(place, version, secrets);
    await mkdir(join(searchFolder(), 'keystores'), { recursive: true });
    // Two test files may do this at once: what gets the name is whole.
    await copyFile(target, `${kept}.${process.pid}`);
    await rename(`${kept}.${process.pid}`, kept);
  }
  await copyFile(kept, target);
  await giveTo(place.account, target);
}

async function makeKeystore(
  place: Place,
  version: SearchVersion,
  secrets: Readonly<Record<string, string>>,
): Promise<void> {
  await giveTo(place.account, join(place.folder, 'config'));
  const { program, args } = javaCommand(place, {
    version,
    mainClass: 'org.opensearch.tools.cli.keystore.KeyStoreCli',
    mainArguments: ['add', '--force', '--stdin', ...Object.keys(secrets)],
    classPath: ['lib/tools/keystore-cli'],
    options: [
      `-Dopensearch.path.home=${homeOf(place, version)}`,
      `-Dopensearch.path.conf=${join(place.folder, 'config')}`,
      '-Dopensearch.distribution.type=tar',
    ],
  });
  await runProgram(program, args, { cwd: place.folder, input: `${Object.values(secrets).join('\n')}\n` });
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
