/** Sorts what tar says on standard error: how far it is, and what it complains about. */

/** tar writes records of 20 blocks of 512 bytes unless told otherwise, and counts its checkpoints in them. */
const RECORD_BYTES = 20 * 512;

/** 32 MiB: often enough for a line every 10 s on a slow disk, seldom enough not to be noticed. */
const CHECKPOINT_RECORDS = 3_277;

export const checkpointArgument = `--checkpoint=${CHECKPOINT_RECORDS}`;

/** How many complaints are named before only their number counts. */
const NAMED = 20;

export class TarOutput {
  readonly #complaints: string[] = [];
  #complaintCount = 0;
  #bytesRead = 0;

  line(line: string): void {
    const checkpoint = /^\S*tar: Write checkpoint (?<records>\d+)$/.exec(line)?.groups?.['records'];
    if (checkpoint !== undefined) {
      this.#bytesRead = Number(checkpoint) * RECORD_BYTES;
      return;
    }
    this.#complaintCount += 1;
    if (this.#complaints.length < NAMED) {
      this.#complaints.push(line.replace(/^\S*tar: /, ''));
    }
  }

  /** Bytes of the archive before compression, as of the last checkpoint. */
  get bytesRead(): number {
    return this.#bytesRead;
  }

  complaints(): string {
    const more = this.#complaintCount - this.#complaints.length;
    return this.#complaints.join(' | ') + (more > 0 ? ` | and ${more} more` : '');
  }
}
