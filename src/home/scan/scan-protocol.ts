/** What our process and the scan say to each other: a line of JSON for each question and each answer. */

export type ScanRequest =
  | {
      readonly ask: 'first look';
      readonly tree: number;
      readonly source: string;
      readonly exclusions: readonly string[];
    }
  | {
      readonly ask: 'second look';
      readonly tree: number;
      readonly copyRoot: string;
      /** What vanished during the first pass, in bytes (see byte-path.ts). */
      readonly suspects: readonly string[];
      /** The lists for rsync get this name and what follows it, for `--files-from --from0`. */
      readonly listFile: string;
    }
  | { readonly ask: 'count'; readonly folder: string };

export interface FirstLookAnswer {
  readonly folders: number;
  readonly files: number;
  readonly threads: number;
  /** Why a second look would be worth nothing: the end of a sentence. */
  readonly problem?: string;
}

export interface SecondLookAnswer {
  /** In all lists. */
  readonly paths: number;
  /** Files, one for each rsync; none when there is a problem. */
  readonly lists: readonly string[];
  readonly deleted: number;
  readonly threads: number;
  /** Why there is no list, and all has to be copied. */
  readonly problem?: string;
}

export interface CountAnswer {
  readonly files: number;
  readonly bytes: number;
}

export type ScanAnswer =
  /** 0 to 1; any number of them before the answer itself. */
  | { readonly progress: number }
  | { readonly firstLook: FirstLookAnswer }
  | { readonly secondLook: SecondLookAnswer }
  | { readonly count: CountAnswer }
  | { readonly failed: string };

/** What our own process has written. @throws TypeError for a line that it has not */
export function parseRequest(line: string): ScanRequest {
  const request: unknown = JSON.parse(line);
  if (!isRequest(request)) {
    throw new TypeError('The scan was asked nothing that it knows.');
  }
  return request;
}

/** What our own scan has written. @throws TypeError for a line that it has not */
export function parseAnswer(line: string): ScanAnswer {
  const answer: unknown = JSON.parse(line);
  if (!isAnswer(answer)) {
    throw new TypeError('The scan answered nothing that is known.');
  }
  return answer;
}

function isRequest(value: unknown): value is ScanRequest {
  return typeof value === 'object' && value !== null && 'ask' in value;
}

function isAnswer(value: unknown): value is ScanAnswer {
  const keys = ['progress', 'firstLook', 'secondLook', 'count', 'failed'];
  return typeof value === 'object' && value !== null && keys.some((key) => key in value);
}
