/**
 * File names are bytes, and not all of them are UTF-8. Here they are strings with one latin1 character for each byte:
 * small in memory, cheap to compare, and nothing is lost.
 */

/** `folder/name`; a path that is empty stands for the root itself. */
export function joined(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** From a path as Node gives it. */
export function toBytes(path: string): string {
  return Buffer.from(path, 'utf8').toString('latin1');
}

/** As Node's file system calls take it. */
export function asPath(bytes: string): string | Buffer {
  // Most names are ASCII, the same in both, and a string is cheaper than a buffer.
  return /[\x80-\xff]/.test(bytes) ? Buffer.from(bytes, 'latin1') : bytes;
}

/** For people. */
export function readable(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}
