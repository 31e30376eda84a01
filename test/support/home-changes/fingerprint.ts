/** All that a copy must have of its source: names, types, modes, owners, times, content, targets, and what is linked to what. */
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** By path, in bytes. Sockets, FIFOs and devices are left out, as a backup does. */
export function fingerprint(root: string, isExcluded: (path: string) => boolean): Map<string, string> {
  const found = new Map<string, string>();
  const firstNames = new Map<bigint, string>();
  const visit = (path: string): void => {
    const full = Buffer.from(path === '' ? root : `${root}/${path}`, 'latin1');
    const { mode, uid, gid, ino, mtimeNs, nlink, ...stats } = lstatSync(full, { bigint: true });
    const common = `${mode.toString(8)} ${uid}:${gid} ${mtimeNs}`;
    if (isExcluded(path)) {
      return;
    }
    if ((mode & 0o170000n) === 0o040000n) {
      found.set(path, `folder ${common}`);
      const names = readdirSync(full, { encoding: 'buffer' }).map((name) => name.toString('latin1'));
      for (const name of names.sort()) {
        visit(path === '' ? name : `${path}/${name}`);
      }
    } else if ((mode & 0o170000n) === 0o120000n) {
      found.set(path, `link ${common} ${readlinkSync(full, 'latin1')}`);
    } else if ((mode & 0o170000n) === 0o100000n) {
      const first = firstNames.get(ino) ?? path;
      firstNames.set(ino, first);
      found.set(
        path,
        `file ${common} ${stats.size} ${readFileSync(full, 'latin1')}${nlink > 1n ? ` = ${first} (${nlink})` : ''}`,
      );
    }
  };
  visit('');
  return found;
}
