/**
 * Typed, strict reading of inputs. A wrong input is noted and a harmless stand-in returned, so that all wrong inputs are
 * found in one go; `finish` throws them together before anything can use a stand-in.
 */
import { isAbsolute, normalize } from 'node:path';
import { ConfigurationError, type Problem } from '../errors.ts';
import { nearest } from './nearest.ts';

export interface InputReader {
  /** Empty when unset. Control characters are refused. */
  text(name: string): string;
  optionalText(name: string): string | undefined;
  requiredText(name: string): string;
  /** A value that is masked before anything else happens with it. Kept as it is, spaces included. */
  secret(name: string): string | undefined;
  url(name: string): URL;
  requiredPath(name: string): string;
  optionalPath(name: string): string | undefined;
  /** Absolute paths, one a line. */
  pathList(name: string): readonly string[];
  boolean(name: string): boolean;
  integer(name: string, range: IntegerRange): number;
  optionalInteger(name: string, range: IntegerRange): number | undefined;
  /** Whole numbers from 1, separated by commas, spaces or lines. */
  idList(name: string): readonly number[];
  choice<T extends string>(name: string, choices: readonly T[]): T;
  /** Notes a problem that only the caller can see, such as two inputs that exclude each other. */
  problem(name: string, message: string): void;
  /** @throws ConfigurationError with every problem noted. */
  finish(): void;
  readonly namesRead: ReadonlySet<string>;
}

export interface IntegerRange {
  readonly min: number;
  readonly max: number;
}

export interface ReaderSource {
  /** The raw value of an input, empty when unset. */
  raw(name: string): string;
  /** Told every secret as soon as it is read. */
  mask(secret: string): void;
}

const STAND_IN_URL = 'http://stand-in.invalid/';

export function createInputReader(source: ReaderSource): InputReader {
  const problems: Problem[] = [];
  const namesRead = new Set<string>();
  const note = (name: string, sentence: string): void => {
    problems.push({ subject: name, message: `Input '${name}' ${sentence}` });
  };
  const raw = (name: string): string => {
    namesRead.add(name);
    return source.raw(name);
  };
  const text = (name: string): string => {
    const value = raw(name).trim();
    if (/\p{Cc}/u.test(value)) {
      note(name, 'contains a control character or a line break; write it on one line.');
      return '';
    }
    return value;
  };
  const optional = (value: string): string | undefined => (value === '' ? undefined : value);
  const path = (name: string, value: string): string => {
    const complaint = pathComplaint(value);
    if (complaint !== undefined) {
      note(name, complaint);
      return '/';
    }
    return stripSlash(normalize(value));
  };
  const integer = (name: string, value: string, range: IntegerRange): number => {
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (Number.isNaN(number) || number < range.min || number > range.max) {
      note(name, `is '${value}'; use a whole number from ${range.min} to ${range.max}.`);
      return range.min;
    }
    return number;
  };
  const requiredText = (name: string): string => {
    const before = problems.length;
    const value = text(name);
    if (value === '' && problems.length === before) {
      note(name, 'is required and empty; set it in the workflow.');
    }
    return value;
  };
  return {
    namesRead,
    text,
    requiredText,
    optionalText: (name) => optional(text(name)),
    secret: (name) => {
      const value = optional(raw(name));
      if (value !== undefined) {
        source.mask(value);
      }
      return value;
    },
    url: (name) => {
      const before = problems.length;
      const value = requiredText(name);
      const complaint = urlComplaint(value);
      if (complaint !== undefined && problems.length === before) {
        note(name, complaint);
      }
      return problems.length === before ? withoutTrailingSlash(new URL(value)) : new URL(STAND_IN_URL);
    },
    requiredPath: (name) => {
      const before = problems.length;
      const value = requiredText(name);
      return problems.length === before ? path(name, value) : '/';
    },
    optionalPath: (name) => {
      const value = text(name);
      return value === '' ? undefined : path(name, value);
    },
    pathList: (name) =>
      raw(name)
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .map((line) => path(name, line)),
    boolean: (name) => {
      const value = raw(name);
      if (value !== 'true' && value !== 'false') {
        note(name, `is '${value}'; use true or false.`);
      }
      return value === 'true';
    },
    integer: (name, range) => integer(name, text(name), range),
    optionalInteger: (name, range) => {
      const value = text(name);
      return value === '' ? undefined : integer(name, value, range);
    },
    idList: (name) =>
      raw(name)
        .split(/[\s,]+/)
        .filter((word) => word !== '')
        .map((word) => integer(name, word, { min: 1, max: 2_147_483_647 })),
    choice: (name, choices) => {
      const value = text(name);
      const chosen = choices.find((choice) => choice === value);
      const [first] = choices;
      if (chosen === undefined) {
        const hint = nearest(value, choices);
        note(
          name,
          `is '${value}'; use ${orList(choices)}${hint === undefined ? '' : ` (did you mean ${hint}?)`}.`,
        );
      }
      if (first === undefined) {
        throw new TypeError(`Input ${name} has no choices.`);
      }
      return chosen ?? first;
    },
    problem: note,
    finish: () => {
      if (problems.length > 0) {
        throw new ConfigurationError('INPUT_INVALID', problems);
      }
    },
  };
}

export function orList(choices: readonly string[]): string {
  return choices.length < 2 ? choices.join('') : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
}

function pathComplaint(value: string): string | undefined {
  if (!isAbsolute(value)) {
    return `is '${value}'; use an absolute path.`;
  }
  if (value.split('/').includes('..')) {
    return `is '${value}'; write the path without '..'.`;
  }
  if (stripSlash(normalize(value)) === '/') {
    return 'is the root of the file system; name the folder itself.';
  }
  return undefined;
}

function urlComplaint(value: string): string | undefined {
  if (!URL.canParse(value)) {
    return `is '${withoutUserinfo(value)}', which is not a URL; use the base URL, such as https://bitbucket.example.com.`;
  }
  const url = new URL(value);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return `starts with '${url.protocol}'; use an https:// URL.`;
  }
  if (url.username !== '' || url.password !== '') {
    return 'carries a user name or password; use bitbucket-username and bitbucket-password or bitbucket-token.';
  }
  if (url.search !== '' || url.hash !== '') {
    return 'has a query or a fragment; use the base URL alone.';
  }
  return undefined;
}

/** A malformed URL can still carry a password. */
function withoutUserinfo(value: string): string {
  return value.replace(/[^/\s]*@/, '***@');
}

function withoutTrailingSlash(url: URL): URL {
  url.pathname = stripSlash(url.pathname);
  return url;
}

function stripSlash(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, '') || '/' : path;
}
