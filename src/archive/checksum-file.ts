/** `<archive>.sha256`, as `sha256sum --check` reads it. */

/** @param sha256 hexadecimal @param name of the archive, without its folder: both files can be moved together. */
export function checksumLine(sha256: string, name: string): string {
  return `${sha256}  ${name}\n`;
}
