/**
 * A password given as an input must also win over one in a service file, which libpq prefers to PGPASSWORD. The only way
 * that keeps it out of argv is a password file of our own (libpq, "The Password File"): 0600, in a private folder, gone
 * when the program has ended.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withPrivateFolder } from '../../host/private-folder.ts';

/** Calls `use` with the file's path while the file exists. */
export async function withPasswordFile<T>(password: string, use: (path: string) => Promise<T>): Promise<T> {
  return await withPrivateFolder(async (folder) => {
    const path = join(folder, 'pgpass');
    // One line for every host, port, database and user; only colons and backslashes need escaping.
    const line = `*:*:*:*:${password.replaceAll('\\', '\\\\').replaceAll(':', '\\:')}\n`;
    await writeFile(path, line, { mode: 0o600, flag: 'wx' });
    return await use(path);
  });
}
