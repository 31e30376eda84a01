/** A word of a command line that an administrator copies into a POSIX shell. We run nothing through a shell ourselves. */
export function shellWord(word: string): string {
  return /^[A-Za-z0-9_/.:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
