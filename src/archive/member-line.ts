/**
 * One line of GNU tar's verbose list, with names in C quotes (GNU tar manual, "The --verbose Option" and "Quoting Member
 * Names"). The program that lists is the one that extracts, so that both read an archive alike.
 */

/** Unambiguous for every name: quotes, backslashes, line breaks and bytes that are no UTF-8 are escaped. */
export const LIST_ARGUMENTS = [
  '--list',
  '--verbose',
  '--numeric-owner',
  '--full-time',
  '--quoting-style=c',
  // Names as they are: without it tar would hide a leading slash.
  '--absolute-names',
  '--block-number',
  // Marks members that have some.
  '--acls',
  '--xattrs',
  // On behind the end mark: what stands there is lost content, and the sums of the compressed file come after it.
  '--ignore-zeros',
] as const;

export type MemberType = 'file' | 'folder' | 'symlink' | 'hardlink' | 'fifo' | 'other';

export interface Member {
  /** One latin1 character for each byte, without a slash at its end. */
  readonly name: string;
  readonly type: MemberType;
  readonly bytes: number;
  /** The permission column, such as `rwsr-xr-x`. */
  readonly permissions: string;
  /** Has it an access control list or extended attributes? */
  readonly attributes: boolean;
  /** Target of a link. */
  readonly target?: string;
}

/** The end mark of a tar file; one that was cut between two members lacks it, and tar does not complain. */
export const END_MARK = '** Block of NULs **';
/** No more bytes. */
export const END_OF_FILE = '** End of File **';

const TYPES: Readonly<Record<string, MemberType>> = {
  '-': 'file',
  C: 'file',
  d: 'folder',
  l: 'symlink',
  h: 'hardlink',
  p: 'fifo',
};

const QUOTED = String.raw`"((?:[^"\\]|\\.)*)"`;
/** A time that no calendar has, tar prints as one number: what follows it then must not pass for an hour. */
const TIME = String.raw`\S+(?: [\d:.]+)?`;
const LINE = new RegExp(
  String.raw`^(?:block \d+: )?(.)(\S{9})([.+*@]?) +\d+/\d+ +(\d+)(?:,\d+)? ${TIME} +${QUOTED}(?: -> ${QUOTED}| link to ${QUOTED})?(.*)$`,
  's',
);

/** @returns undefined for a line that is no member */
export function parseMember(line: string): Member | undefined {
  const match = LINE.exec(line);
  if (match === null) {
    return undefined;
  }
  const [, letter = '', permissions = '', mark = '', size = '0', name = '', symlink, hardlink, rest] = match;
  const target = symlink ?? hardlink;
  return {
    name: withoutSlash(unquote(name)),
    // What follows the name says what tar itself did not know.
    type: rest === '' ? (TYPES[letter] ?? 'other') : 'other',
    bytes: Number(size),
    permissions,
    attributes: mark !== '',
    ...(target === undefined ? {} : { target: unquote(target) }),
  };
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** To bytes: what tar prints as UTF-8 becomes the bytes of that, as the escaped ones are. */
function unquote(text: string): string {
  const bytes = Buffer.from(text, 'utf8').toString('latin1');
  return bytes.replace(/\\([0-7]{3}|.)/gs, (_, escaped: string) =>
    escaped.length === 3 ? String.fromCharCode(Number.parseInt(escaped, 8)) : (ESCAPES[escaped] ?? escaped),
  );
}

function withoutSlash(name: string): string {
  return name.length > 1 ? name.replace(/\/+$/, '') || '/' : name;
}
