/** Leaves parts of a text out while it passes. */
import { Transform, type TransformCallback } from 'node:stream';
import type { Cut } from './dump-lines.ts';

/**
 * @param cuts in order, none over another
 * @param before is put before the text
 */
export function withoutParts(cuts: readonly Cut[], before: string): Transform {
  let offset = 0;
  let next = 0;
  const transform = new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      const end = offset + chunk.length;
      let position = offset;
      for (let cut = cuts[next]; cut !== undefined && cut.from < end; cut = cuts[next]) {
        if (cut.from > position) {
          this.push(chunk.subarray(position - offset, cut.from - offset));
        }
        position = Math.max(position, Math.min(cut.to, end));
        if (cut.to > end) {
          break;
        }
        next += 1;
      }
      if (position < end) {
        this.push(chunk.subarray(position - offset));
      }
      offset = end;
      done();
    },
  });
  transform.push(before);
  return transform;
}
