/**
 * Tar archives that no tar would write, put together field by field (POSIX.1-2017, pax: "ustar Interchange Format" and
 * "pax Header Block"): what reaches a restore need not come from a tar.
 */

export interface CraftedMember {
  /** One latin1 character for each byte. */
  readonly name: string;
  /** Default `0`, a file; `1` hard link, `2` symbolic link, `3` and `4` devices, `5` folder, `6` FIFO. */
  readonly type?: string;
  readonly target?: string;
  readonly content?: string | Buffer;
  readonly mode?: number;
  /** Further pax records, such as `mtime`. */
  readonly pax?: Readonly<Record<string, string>>;
}

const BLOCK = 512;
/** Both blocks of zeros. */
const END = Buffer.alloc(2 * BLOCK);
/** tar writes in records of so many bytes, and fills the last one up. */
const RECORD = 20 * BLOCK;
const LONGEST_NAME = 100;

export function craftTar(members: readonly CraftedMember[]): Buffer {
  const bytes = Buffer.concat([...members.flatMap(blocksOf), END]);
  return Buffer.concat([bytes, Buffer.alloc((RECORD - (bytes.length % RECORD)) % RECORD)]);
}

/** A member as it stands in an archive, for tests that put one where it does not belong. */
export function blocksOf(member: CraftedMember): Buffer[] {
  const { name, target = '' } = member;
  const records = {
    ...(name.length > LONGEST_NAME ? { path: name } : {}),
    ...(target.length > LONGEST_NAME ? { linkpath: target } : {}),
    ...member.pax,
  };
  const pax = Buffer.concat(Object.entries(records).map(paxRecord));
  return [
    ...(pax.length === 0 ? [] : plainBlocks({ name: 'pax', type: 'x', content: pax })),
    ...plainBlocks(member),
  ];
}

function plainBlocks(member: CraftedMember): Buffer[] {
  const content = Buffer.from(member.content ?? '');
  return [header(member, content.length), padded(content)];
}

function header({ name, type = '0', target = '', mode }: CraftedMember, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write(name.slice(0, LONGEST_NAME), 0, 'latin1');
  block.write(octal(mode ?? (type === '5' ? 0o755 : 0o644), 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  block.write(octal(size, 12), 124);
  block.write(octal(1_700_000_000, 12), 136);
  block.write(type, 156, 'latin1');
  block.write(target.slice(0, LONGEST_NAME), 157, 'latin1');
  block.write('ustar\u000000', 257);
  block.write(octal(1, 8), 329);
  block.write(octal(3, 8), 337);
  // The sum is taken over a header whose own sum is eight spaces.
  block.write(' '.repeat(8), 148);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 7)}\u0000 `, 148);
  return block;
}

function octal(value: number, width: number): string {
  return value.toString(8).padStart(width - 1, '0');
}

/** `<length> <key>=<value>\n`, where the length counts itself. */
function paxRecord([key, value]: readonly [string, string]): Buffer {
  const rest = Buffer.from(` ${key}=${value}\n`, 'latin1');
  let length = rest.length;
  while (String(length).length + rest.length !== length) {
    length = String(length).length + rest.length;
  }
  return Buffer.concat([Buffer.from(String(length)), rest]);
}

function padded(content: Buffer): Buffer {
  return Buffer.concat([content, Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK)]);
}
