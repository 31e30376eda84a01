/** What file systems allow and backups stumble over, all in one folder. */
import { randomFillSync } from 'node:crypto';
import { once } from 'node:events';
import {
  chmod,
  chown,
  link,
  lutimes,
  mkdir,
  open,
  rename,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { runProgram } from '../program.ts';

export interface OddFiles {
  /** An access control list and an extended attribute were set; not every file system has them. */
  readonly hasAcl: boolean;
}

/** Another user's, who exists on no machine. */
export const FOREIGN_ID = 12_345;

const SPARSE_BYTES = 16 * 1024 * 1024;

/** @param options.specialFiles whether to make a FIFO and a unix socket */
export async function makeOddFiles(
  folder: string,
  options: { readonly specialFiles: boolean },
): Promise<OddFiles> {
  await mkdir(folder, { recursive: true });
  await makeOddNames(join(folder, 'names'));
  await makeModes(join(folder, 'modes'));
  await makeLinks(join(folder, 'links'));
  await makeSparseFile(join(folder, 'sparse.bin'));
  if (options.specialFiles) {
    await makeSpecialFiles(folder);
  }
  return { hasAcl: await makeAcl(join(folder, 'acl')) };
}

async function makeOddNames(folder: string): Promise<void> {
  await mkdir(folder);
  const plain = [
    '-leading-dash',
    '--delete',
    ' spaces around ',
    '[glob]*?',
    '#hash',
    '~tilde',
    '.hidden',
    '%41',
  ];
  const escaped = ['new\nline', 'tab\tcarriage\rreturn', 'back\\slash', '\\#012', `quote'"\`$(id)`];
  const names = [...plain, ...escaped, 'ünïcode-日本', 'x'.repeat(255)];
  for (const name of names) {
    await writeFile(join(folder, name), `content of ${JSON.stringify(name)}\n`);
  }
  // Not UTF-8: only bytes name it.
  const bytes = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0x66, 0xff, 0xfe, 0x80, 0x2e])]);
  await writeFile(bytes, 'content of a name that is not UTF-8\n');
  await mkdir(join(folder, 'folder\nwith line break'));
  await writeFile(join(folder, 'folder\nwith line break', 'file'), '');
}

async function makeModes(folder: string): Promise<void> {
  await mkdir(folder);
  // Nobody but root could back up a file that not even its owner may read.
  for (const mode of [0o600, 0o755, 0o444, 0o640, ...(isRoot() ? [0o000] : [])]) {
    const path = join(folder, mode.toString(8).padStart(4, '0'));
    await writeFile(path, 'x');
    await chmod(path, mode);
  }
  await mkdir(join(folder, 'setgid'));
  await chmod(join(folder, 'setgid'), 0o2775);
  await mkdir(join(folder, 'empty'));
  await chmod(join(folder, 'empty'), 0o700);
  await writeFile(join(folder, 'old'), 'older than git');
  // Fractions of a second and the first second of 1970: both get lost easily.
  await utimes(join(folder, 'old'), 1_000_000_000.123_456, 1_000_000_000.123_456);
  await utimes(join(folder, 'empty'), 1, 1);
  if (isRoot()) {
    await mkdir(join(folder, 'foreign'));
    await writeFile(join(folder, 'foreign', 'file'), 'theirs', { mode: 0o600 });
    await chown(join(folder, 'foreign', 'file'), FOREIGN_ID, FOREIGN_ID);
    await chown(join(folder, 'foreign'), FOREIGN_ID, FOREIGN_ID);
  }
}

async function makeLinks(folder: string): Promise<void> {
  await mkdir(join(folder, 'elsewhere'), { recursive: true });
  await writeFile(join(folder, 'target'), 'linked twice more');
  await link(join(folder, 'target'), join(folder, 'hard-link'));
  await link(join(folder, 'target'), join(folder, 'elsewhere', 'hard-link'));
  await symlink('../names', join(folder, 'relative'));
  await symlink('does/not/exist', join(folder, 'dangling'));
  await symlink('/etc/hostname', join(folder, 'absolute'));
  await symlink('loop', join(folder, 'loop'));
  await symlink(`odd\n${'y'.repeat(200)}`, join(folder, 'odd-target'));
  await lutimes(join(folder, 'dangling'), 1_100_000_000, 1_100_000_000);
}

/** A hole, some bytes, a hole. */
async function makeSparseFile(path: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.write(randomFillSync(Buffer.allocUnsafe(8_192)), 0, 8_192, SPARSE_BYTES / 2);
  } finally {
    await file.close();
  }
  await truncate(path, SPARSE_BYTES);
}

async function makeSpecialFiles(folder: string): Promise<void> {
  await runProgram('mkfifo', ['-m', '0640', join(folder, 'fifo')]);
  // The address of a socket has 107 bytes at most; by way of the open folder every path fits.
  const opened = await open(folder, 'r');
  const server = createServer();
  server.listen(`/proc/self/fd/${opened.fd}/new-socket`);
  await once(server, 'listening');
  // Closing removes the name that it was bound to, so it gets another.
  await rename(join(folder, 'new-socket'), join(folder, 'socket'));
  server.close();
  await once(server, 'close');
  await opened.close();
}

async function makeAcl(path: string): Promise<boolean> {
  await writeFile(path, 'readable by one more');
  try {
    await runProgram('setfacl', ['-m', `u:${FOREIGN_ID}:r`, path]);
    await runProgram('setfattr', ['-n', 'user.bitbucket', '-v', 'attribute', path]);
    return true;
  } catch {
    // Not installed, or a file system without them.
    return false;
  }
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
