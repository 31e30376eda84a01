/** What a custom command answers: exactly one JSON object on standard output, and nothing in it that is not known. */
import type { Redactor } from '../../host/redactor.ts';
import type { Finding, Recorded } from '../contract.ts';
import {
  amount,
  count,
  type JsonObject,
  list,
  object,
  oneOf,
  recorded,
  recordOf,
  ShapeError,
  text,
} from '../json-shape.ts';
import type { Phase } from './protocol.ts';

/** Characters of an answer; it is no place for data. */
export const LONGEST_ANSWER = 64 * 1024;

export interface Answer {
  /** An estimate of what is going to be written. */
  readonly bytes?: number | undefined;
  readonly findings: readonly Omit<Finding, 'subject'>[];
  /** Of the tool that did it. */
  readonly version?: string | undefined;
  readonly details: { readonly [key: string]: Recorded };
  /** Such as `tables`; what was counted before is compared with what is counted after a restore. */
  readonly counts: { readonly [what: string]: number };
  /** Where the restored data are. */
  readonly place?: string | undefined;
  readonly todo: readonly string[];
  /** What was taken back, in sentences for the log. */
  readonly messages: readonly string[];
}

export const NO_ANSWER: Answer = { findings: [], details: {}, counts: {}, todo: [], messages: [] };

/** Which fields an answer may have. */
const FIELDS: Readonly<Record<Phase, readonly (keyof Answer)[]>> = {
  check: ['bytes', 'findings'],
  prepare: [],
  capture: [],
  settle: ['version', 'details', 'counts'],
  discard: ['messages'],
  'restore-check': ['findings'],
  restore: ['counts'],
  'restore-complete': ['place', 'todo'],
  'restore-discard': ['messages'],
};

/** @throws ShapeError that says what is wrong with it, to be read behind `its answer` */
export function parseAnswer(phase: Phase, output: string, redactor: Redactor): Answer {
  const answer = withoutSecrets(objectIn(output), redactor);
  const unknown = Object.keys(answer).filter((key) => !FIELDS[phase].some((field) => field === key));
  if (unknown.length > 0) {
    throw new ShapeError(
      `has the field '${unknown[0]}', and in this phase it may have ${FIELDS[phase].join(', ') || 'none'}`,
    );
  }
  const given = <T>(key: keyof Answer, read: (value: unknown, at: string) => T, otherwise: T): T =>
    answer[key] === undefined ? otherwise : read(answer[key], key);
  try {
    return {
      bytes: given('bytes', amount, undefined),
      findings: given('findings', findingsOf, []),
      version: given('version', text, undefined),
      details: given('details', detailsOf, {}),
      counts: given('counts', countsOf, {}),
      place: given('place', text, undefined),
      todo: given('todo', textsOf, []),
      messages: given('messages', textsOf, []),
    };
  } catch (error) {
    throw error instanceof ShapeError ? new ShapeError(`is wrong: ${error.message}`) : error;
  }
}

function objectIn(output: string): JsonObject {
  try {
    const value: unknown = JSON.parse(output);
    return object(value, 'it');
  } catch {
    throw new ShapeError('is not exactly one JSON object on standard output');
  }
}

function findingsOf(value: unknown, at: string): Answer['findings'] {
  return list(value, at, (entry, place) => {
    const finding = object(entry, place);
    return {
      severity: oneOf(finding['severity'], `${place}.severity`, ['error', 'warning']),
      message: text(finding['message'], `${place}.message`),
    };
  });
}

function textsOf(value: unknown, at: string): readonly string[] {
  return list(value, at, text);
}

function countsOf(value: unknown, at: string): Answer['counts'] {
  return recordOf(value, at, (entry, place) => count(entry, place));
}

function detailsOf(value: unknown, at: string): Answer['details'] {
  return recordOf(value, at, recorded);
}

/** An answer goes into the manifest and the summary. */
function withoutSecrets(answer: JsonObject, redactor: Redactor): JsonObject {
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') {
      return redactor.redact(value);
    }
    if (Array.isArray(value)) {
      return value.map(clean);
    }
    return typeof value === 'object' && value !== null ? cleanObject(value) : value;
  };
  const cleanObject = (value: object): JsonObject =>
    Object.fromEntries(Object.entries(value).map(([key, entry]) => [redactor.redact(key), clean(entry)]));
  return cleanObject(answer);
}
