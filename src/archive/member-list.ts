/** The list of an archive, line by line: its members, and whether it ends where it should. */
import { type ArchivedTree, type Contents, MemberCheck } from './member-check.ts';
import { END_MARK, END_OF_FILE, parseMember } from './member-line.ts';

export class MemberList {
  readonly #check: MemberCheck;
  #ended = false;
  #hasMore = false;

  constructor(trees: readonly ArchivedTree[]) {
    this.#check = new MemberCheck(trees);
  }

  line(line: string): void {
    const member = parseMember(line);
    if (member !== undefined) {
      // What unpacks stops at the end mark.
      this.#hasMore ||= this.#ended;
      this.#check.add(member);
    } else if (line.endsWith(END_MARK)) {
      this.#ended = true;
    } else if (!line.endsWith(END_OF_FILE)) {
      this.#check.addUnknown(line);
    }
  }

  /** Why it is not whole, as the rest of a sentence; undefined when it is. */
  get damage(): string | undefined {
    if (!this.#ended) {
      return 'ends before its end mark: it was cut off';
    }
    return this.#hasMore ? 'goes on behind its end mark: a part of it was lost' : undefined;
  }

  finish(): Contents {
    return this.#check.finish();
  }
}
