/** Sections of a job summary, and how many of them fit. */
import { counted } from './format.ts';

/** GitHub drops a summary of more than 1 MiB (1,048,576 bytes) whole; other text of the step needs room too. */
const MOST_BYTES = 900 * 1024;

/** Undefined when there is nothing to tell. */
export function section(title: string, body: string | undefined): string | undefined {
  return body === undefined || body === '' ? undefined : `### ${title}\n\n${body}`;
}

/** Sections are left out whole, from the end, so that no table or code block is cut open. */
export function joinSections(
  sections: readonly (string | undefined)[],
  mostBytes: number = MOST_BYTES,
): string {
  const present = sections.filter((text) => text !== undefined);
  let bytes = 0;
  const kept = present.filter((text) => {
    const size = Buffer.byteLength(text) + 2;
    const fits = bytes + size <= mostBytes;
    bytes += fits ? size : 0;
    return fits;
  });
  const left = present.length - kept.length;
  const note =
    left === 0 ? [] : [`_${counted(left, 'section')} left out: too long for a job summary; see the log._`];
  return `${[...kept, ...note].join('\n\n')}\n`;
}
