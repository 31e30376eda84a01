/** `bitbucket.properties`, by Java's rules (java.util.Properties): escapes, continued lines, of equal keys the last one. */
import { escapeKey, escapeValue } from 'properties-file/escape';
import { Properties } from 'properties-file/parser';

/** Text as it is read from disk: one latin1 character for each byte, so that what is not changed stays byte for byte. */
export type PropertiesText = string;

export interface PropertyChange {
  readonly key: string;
  readonly value: string;
}

export function propertiesIn(text: PropertiesText): ReadonlyMap<string, string> {
  return new Map(new Properties(text).getProperties().map(({ key, value }) => [key, value]));
}

/** Changes the values that count, adds what is missing at the end, and leaves everything else as it stands. */
export function withChanges(text: PropertiesText, changes: readonly PropertyChange[]): PropertiesText {
  return changes.reduce(withChange, text);
}

/**
 * By line, not by the library's editor, which gives all lines one kind of end and writes a key without a separator and its
 * new value as one word.
 */
function withChange(text: PropertiesText, change: PropertyChange): PropertiesText {
  const properties = new Properties(text);
  const before = properties.getEffectiveProperty(change.key);
  if (before === undefined) {
    return text + gapAfter(text, properties.eolCharacter) + propertyLine(change) + properties.eolCharacter;
  }
  const { startingLineNumber, endingLineNumber, separatorLeading, separatorTrailing } = before;
  const line = [
    before.leadingWhitespace,
    before.escapedKey,
    ...(before.separatorChar === undefined
      ? ['=']
      : [separatorLeading, before.separatorChar, separatorTrailing]),
    readableValue(change.value),
  ].join('');
  // Lines and their ends in turn.
  const parts = text.split(/(\r\n|\r|\n)/);
  const first = 2 * (startingLineNumber - 1);
  parts.splice(first, 2 * (endingLineNumber - startingLineNumber) + 1, line);
  return parts.join('');
}

/** What is appended must neither share the last line nor continue it. */
function gapAfter(text: PropertiesText, lineEnd: string): string {
  const isOpen = /(?:^|[^\\])(?:\\\\)*\\(?:\r\n|\r|\n)?$/.test(text);
  const hasEnd = text === '' || /[\r\n]$/.test(text);
  return (hasEnd ? '' : lineEnd) + (isOpen ? lineEnd : '');
}

/** As a line of the file. */
export function propertyLine({ key, value }: PropertyChange): string {
  return `${escapeKey(key, true)}=${readableValue(value)}`;
}

/** Java writes `\:` in values, and reads `:` as well, which is how people write their URLs. */
export function readableValue(value: string): string {
  return escapeValue(value, true).replace(/\\(.)/g, (pair, escaped: string) =>
    ':=#!'.includes(escaped) ? escaped : pair,
  );
}
