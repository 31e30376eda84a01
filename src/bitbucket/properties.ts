/** `bitbucket.properties`, by Java's rules (java.util.Properties): escapes, continued lines, of equal keys the last one. */
import { PropertiesEditor } from 'properties-file/editor';
import { escapeKey, escapeValue } from 'properties-file/escape';
import { Properties } from 'properties-file/parser';

/** Text as it is read from disk: one latin1 character for each byte, so that what is not changed stays byte for byte. */
export type PropertiesText = string;

export interface PropertyChange {
  readonly key: string;
  readonly value: string;
}

export function propertiesIn(text: PropertiesText): ReadonlyMap<string, string> {
  return new Map(Object.entries(new Properties(text).toObject()));
}

/** Changes the values that count, adds what is missing at the end, and leaves everything else as it stands. */
export function withChanges(text: PropertiesText, changes: readonly PropertyChange[]): PropertiesText {
  const editor = new PropertiesEditor(text);
  for (const { key, value } of changes) {
    editor.upsert(key, value, { escapeUnicode: true });
  }
  return changes.reduce(
    (changed, { value }) => changed.replace(escapeValue(value, true), () => readableValue(value)),
    editor.format(),
  );
}

/** As a line of the file. */
export function propertyLine({ key, value }: PropertyChange): string {
  return `${escapeKey(key, true)}=${readableValue(value)}`;
}

/** Java writes `\:` in values, and reads `:` as well, which is how people write their URLs. */
function readableValue(value: string): string {
  return escapeValue(value, true).replace(/\\(.)/g, (pair, escaped: string) =>
    ':=#!'.includes(escaped) ? escaped : pair,
  );
}
