/**
 * Text from outside (file names, messages of servers and tools) in GitHub's markdown: it may neither end a table cell nor
 * begin a heading, a link, a code block or HTML. Characters that could are written as numeric references, which
 * CommonMark (section 2.5) never takes for structure.
 */
import { printable } from '../host/log.ts';
import { formatCount } from './format.ts';

/** Longest piece of outside text that is shown, in code points; the log has all of it. */
const LONGEST_TEXT = 2_000;

/** On one line, in normal type. */
export function plain(text: string): string {
  return escapeMarkup(oneLine(text, LONGEST_TEXT))
    .replace(/^[-+=#]/, reference)
    .replace(/^(\d+)([.)])(?=\s|$)/, (_, digits: string, mark: string) => digits + reference(mark));
}

/** On one line, in a fixed-width font: paths, names, tokens, digests. */
export function code(text: string): string {
  return `<code>${escapeMarkup(oneLine(text, LONGEST_TEXT))}</code>`;
}

/** Commands to copy. The fence is longer than any run of backticks inside it, so nothing inside can end it. */
export function codeBlock(lines: readonly string[], language = ''): string {
  const body = lines.map((line) => oneLine(line, LONGEST_TEXT * 2));
  const runs = body.join('\n').match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return [fence + language, ...body, fence].join('\n');
}

/** Cells are markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Outside text as a list, cut after `most` entries with the count of the rest. */
export function bulletList(
  items: readonly string[],
  render: (item: string) => string = plain,
  most = 50,
): string {
  const shown = items.slice(0, most).map((item) => `- ${render(item)}`);
  const left = items.length - shown.length;
  return [...shown, ...(left > 0 ? [`- and ${formatCount(left)} more`] : [])].join('\n');
}

/** Folded away until somebody wants it. */
export function details(title: string, body: string): string {
  return `<details>\n<summary>${title}</summary>\n\n${body}\n\n</details>`;
}

/** One line without control characters; what is invisible or turns the direction of writing is made visible. */
export function oneLine(text: string, longest = LONGEST_TEXT): string {
  const line = printable(text)
    .replace(/[\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu, (character) => {
      return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
    })
    .replace(/\s+/gu, ' ')
    .trim();
  const points = Array.from(line);
  const left = points.length - longest;
  return left <= 0 ? line : `${points.slice(0, longest).join('')} … (${formatCount(left)} more characters)`;
}

function escapeMarkup(text: string): string {
  return (
    text
      .replace(/[&<>"'|`\\*[\]~$@]/g, reference)
      // `pg_dump` stays as it is; only an underscore at the edge of a word can begin emphasis.
      .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, reference)
      // Nothing from outside becomes a link by itself.
      .replace(/:(?=\/\/)/g, reference)
      .replace(/(?<=www)\./gi, reference)
  );
}

function reference(character: string): string {
  return `&#${character.codePointAt(0)};`;
}
