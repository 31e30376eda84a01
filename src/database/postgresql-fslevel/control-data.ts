/** What pg_controldata prints of a data directory, in English because our children run with LC_ALL=C.UTF-8. */

export interface ControlData {
  readonly systemIdentifier?: string;
  readonly state?: string;
  readonly checkpoint?: string;
  readonly redo?: string;
}

const LABELS = {
  systemIdentifier: 'Database system identifier',
  state: 'Database cluster state',
  checkpoint: 'Latest checkpoint location',
  redo: "Latest checkpoint's REDO location",
} as const satisfies Record<keyof ControlData, string>;

export function parseControlData(text: string): ControlData {
  const values = new Map(
    text.split('\n').map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    }),
  );
  return Object.fromEntries(
    Object.entries(LABELS).flatMap(([key, label]) => {
      const value = values.get(label);
      return value === undefined ? [] : [[key, value]];
    }),
  );
}
