/** Sorts what rsync says on standard error: what a live home does all the time, and what is a failure. */

/** How many paths are named before only their number counts. */
const NAMED = 20;

/**
 * In a home that is in use files come and go between the moment rsync lists them and the moment it opens them, reads
 * their ACL or reaches their end. rsync counts only some of this as "vanished" (exit code 24) and the rest as an error
 * (23): ENOENT of an attribute call, ENODATA for a file that got shorter, ESTALE for one that is gone on NFS.
 */
const CHANGED_UNDERNEATH =
  /: (?:No such file or directory \(2\)|No data available \(61\)|Stale file handle \(116\))$/;

/**
 * Said by the side that reads: what was a file is a folder now, what was a folder a file or a link. (Of what is no folder
 * the system refuses a default ACL with EACCES: acl_get_file(3).)
 */
const ANOTHER_KIND =
  /: (?:Not a directory \(20\)|Is a directory \(21\)|Too many levels of symbolic links \(40\))$|ACL_TYPE_DEFAULT\): Permission denied \(13\)$/;

/** The source folder itself is not there: never "vanished", whatever the error number. */
const SOURCE_GONE = /^(?:change_dir|link_stat)[^"]* "(.*)"/;

/** More than these are not kept. */
const MOST_SUSPECTS = 10_000;

export class RsyncComplaints {
  readonly #source: string;
  readonly #suspects = new Set<string>();
  #isUnclear = false;
  readonly #vanished: string[] = [];
  readonly #failed: string[] = [];
  #vanishedCount = 0;
  #failedCount = 0;

  /** @param source the folder that is copied, as rsync was told it */
  constructor(source: string) {
    this.#source = source;
  }

  line(line: string): void {
    const vanished = /^\w+ has vanished: (?<path>.*)$/.exec(line)?.groups?.['path'];
    if (vanished !== undefined) {
      this.#addVanished(vanished);
      return;
    }
    if (/^ERROR: .* failed verification -- update/.test(line)) {
      this.#addVanished(line.slice('ERROR: '.length));
      return;
    }
    const { side, text: complaint } =
      /^rsync: (?:\[(?<side>[A-Za-z]+)\] )?(?<text>.*)$/.exec(line)?.groups ?? {};
    if (complaint === undefined) {
      return;
    }
    const isChange =
      CHANGED_UNDERNEATH.test(complaint) || (side === 'sender' && ANOTHER_KIND.test(complaint));
    if (isChange && !this.#isSourceGone(complaint)) {
      this.#addVanished(complaint);
      return;
    }
    this.#failedCount += 1;
    if (this.#failed.length < NAMED) {
      this.#failed.push(complaint);
    }
  }

  /** Files that were gone or had changed when rsync came to them. */
  get vanishedCount(): number {
    return this.#vanishedCount;
  }

  get failedCount(): number {
    return this.#failedCount;
  }

  #isSourceGone(complaint: string): boolean {
    const path = SOURCE_GONE.exec(complaint)?.[1];
    return path !== undefined && path.replace(/\/\.?$/, '') === this.#source;
  }

  #addSuspect(what: string): void {
    const path = /"(.*)"/.exec(what)?.[1];
    const prefix = `${bytesOf(this.#source)}/`;
    const bytes = path === undefined ? '' : bytesOf(path);
    if (bytes.startsWith(prefix)) {
      this.#suspects.add(bytes.slice(prefix.length));
    } else {
      this.#isUnclear = true;
    }
  }

  /** Up to 20 of them, then their number. */
  vanished(): string {
    return listed(this.#vanished, this.#vanishedCount);
  }

  failed(): string {
    return listed(this.#failed, this.#failedCount);
  }

  /** What vanished, below the source and in bytes (see scan/byte-path.ts). Undefined when not all of it is known. */
  suspects(): readonly string[] | undefined {
    return this.#isUnclear || this.#suspects.size > MOST_SUSPECTS ? undefined : [...this.#suspects];
  }

  #addVanished(what: string): void {
    this.#addSuspect(what);
    this.#vanishedCount += 1;
    if (this.#vanished.length < NAMED) {
      this.#vanished.push(what);
    }
  }
}

/** rsync writes bytes that it cannot print, and backslashes before `#`, as `\\#` and three octal digits. */
function bytesOf(printed: string): string {
  return Buffer.from(printed, 'utf8')
    .toString('latin1')
    .replaceAll(/\\#([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

function listed(names: readonly string[], count: number): string {
  const more = count > names.length ? ` and ${count - names.length} more` : '';
  return names.join(', ') + more;
}
