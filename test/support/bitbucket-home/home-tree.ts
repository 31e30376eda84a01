/** The files of a Bitbucket home besides its repositories: what a backup keeps, leaves out, and must not confuse. */
import { randomFillSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Kept: path to content. */
const KEPT = {
  'home.properties': 'node.id=1\n',
  'bin/set-home.sh': '#!/bin/sh\nexport BITBUCKET_HOME=/var/atlassian\n',
  'lib/native/libnative.so': 'not really a library\n',
  'shared/bitbucket.license': 'AAAB...\n',
  'shared/config/ssh-server-keys.pem': '-----BEGIN PRIVATE KEY-----\nnot one\n-----END PRIVATE KEY-----\n',
  'shared/config/git/config': '[core]\n\tquotepath = false\n',
  'shared/data/attachments/repository/1/0a/attachment.txt': 'attached\n',
  'shared/data/avatars/user/1/default.png': '\u0089PNG\n',
  'shared/plugins/installed-plugins/example-1.0.jar': 'PK\u0003\u0004\n',
  'shared/plugins/installed-plugins/.index': 'example-1.0\n',
} as const;

/** Look like what is left out, but are not at its place: a pattern without an anchor loses them. */
export const LOOKALIKES = [
  'shared/data/attachments/log/kept.txt',
  'shared/data/attachments/caches/kept.txt',
  'shared/data/attachments/tmp/kept.txt',
  'shared/data/attachments/export/kept.txt',
  'shared/data/attachments/.lock',
  'shared/data/attachments/plugins/.hidden/kept.txt',
  'shared/data/attachments/search/data/kept.txt',
  'shared/data/attachments/data/db.mv.db',
  'shared/log/kept.txt',
  'shared/tmp/kept.txt',
  'lib/caches/kept.txt',
  'lib/tmp',
] as const;

/** Left out by DESIGN section 7, one for each of its entries. */
export const EXCLUDED = [
  'caches/indexes/segment.1',
  'log/atlassian-bitbucket.log',
  'log/audit/audit.log',
  'tmp/upload/part.bin',
  '.lock',
  'shared/.lock',
  'export/archive.tar',
  'shared/export/migration.tar',
  'plugins/.osgi-plugins/felix/bundle.info',
  'shared/plugins/.bundled-plugins/bundled.jar',
  'search/data/nodes/0/node.lock',
  'shared/search/data/nodes/0/state',
  'data/db.mv.db',
  'shared/data/db.mv.db',
  'shared/data/db.trace.db',
] as const;

export async function makeHomeTree(
  root: string,
  properties: Readonly<Record<string, string>>,
): Promise<void> {
  const contents = new Map<string, string>(Object.entries(KEPT));
  for (const path of [...LOOKALIKES, ...EXCLUDED]) {
    contents.set(path, `content of ${path}\n`);
  }
  contents.set('shared/bitbucket.properties', propertiesFile(properties));
  for (const [path, content] of contents) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  await mkdir(join(root, 'shared', 'data', 'repositories'), { recursive: true });
  await chmod(join(root, 'shared', 'config', 'ssh-server-keys.pem'), 0o600);
  await chmod(join(root, 'shared', 'bitbucket.properties'), 0o600);
  await chmod(join(root, 'bin', 'set-home.sh'), 0o755);
  await symlink('shared/config', join(root, 'config'));
}

/**
 * Synchronously, which is five times as fast: half a million files are asked for.
 * @param bulk.bytes of each file, incompressible
 */
export function makeBulkFiles(
  folder: string,
  bulk: { readonly count: number; readonly bytes: number },
): void {
  const pool = randomFillSync(Buffer.allocUnsafe(bulk.bytes + 65_536));
  for (let number = 0; number < bulk.count; number += 1) {
    const place = join(folder, String(number % 256).padStart(3, '0'), String(Math.trunc(number / 256) % 16));
    if (number < 256 * 16) {
      mkdirSync(place, { recursive: true });
    }
    const start = (number * 37) % 65_536;
    writeFileSync(join(place, `file-${number}`), pool.subarray(start, start + bulk.bytes));
  }
}

/** Java's format: `\` escapes, the file is latin1, and nothing else is special in a value after the first `=`. */
function propertiesFile(properties: Readonly<Record<string, string>>): string {
  const lines = Object.entries(properties).map(([key, value]) => `${key}=${escaped(value)}`);
  return `#>*******************************************************\n${lines.join('\n')}\n`;
}

function escaped(value: string): string {
  return value
    .replaceAll('\\', '\\\\')
    .replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
