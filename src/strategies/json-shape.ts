/**
 * Narrow checks of JSON that somebody else may have written. A complaint names the place (`parts[1].slot`), never the whole
 * value: it goes to the log.
 */
import type { Recorded } from './contract.ts';

export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

export type JsonObject = { readonly [key: string]: unknown };

const LONGEST_TEXT = 64 * 1024;
const DEEPEST = 16;

export function object(value: unknown, at: string): JsonObject {
  if (!isObject(value)) {
    throw new ShapeError(`${at} is not an object`);
  }
  return value;
}

export function list<T>(value: unknown, at: string, item: (value: unknown, at: string) => T): T[] {
  if (!Array.isArray(value)) {
    throw new ShapeError(`${at} is not a list`);
  }
  return Array.from(value, (entry: unknown, index) => item(entry, `${at}[${index}]`));
}

/** A string that is not empty, without control characters. */
export function text(value: unknown, at: string): string {
  if (typeof value !== 'string' || value === '' || value.length > LONGEST_TEXT || /\p{Cc}/u.test(value)) {
    throw new ShapeError(`${at} is not a text of 1 to ${LONGEST_TEXT} characters without control characters`);
  }
  return value;
}

export function matching(value: unknown, at: string, pattern: RegExp, what: string): string {
  const checked = text(value, at);
  if (!pattern.test(checked)) {
    throw new ShapeError(`${at} is not ${what}`);
  }
  return checked;
}

export function oneOf<T extends string>(value: unknown, at: string, choices: readonly T[]): T {
  const chosen = choices.find((choice) => choice === value);
  if (chosen === undefined) {
    throw new ShapeError(`${at} is none of ${choices.join(', ')}`);
  }
  return chosen;
}

export function truth(value: unknown, at: string): boolean {
  if (typeof value !== 'boolean') {
    throw new ShapeError(`${at} is neither true nor false`);
  }
  return value;
}

/** A number from 0. */
export function amount(value: unknown, at: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
    throw new ShapeError(`${at} is not a number from 0`);
  }
  return value;
}

/** A whole number from `least`. */
export function count(value: unknown, at: string, least = 0): number {
  const checked = amount(value, at);
  if (!Number.isSafeInteger(checked) || checked < least) {
    throw new ShapeError(`${at} is not a whole number from ${least}`);
  }
  return checked;
}

/** Any JSON, copied with its keys in order; `__proto__` and the like stay plain keys. */
export function recorded(value: unknown, at: string, depth = 0): Recorded {
  if (depth > DEEPEST) {
    throw new ShapeError(`${at} is nested deeper than ${DEEPEST} levels`);
  }
  if (value === null || typeof value === 'string' || typeof value === 'boolean') {
    return value;
  }
  if (typeof value === 'number' && Number.isFinite(value)) {
    return value;
  }
  if (Array.isArray(value)) {
    return list(value, at, (entry, place) => recorded(entry, place, depth + 1));
  }
  return recordOf(value, at, (entry, place) => recorded(entry, place, depth + 1));
}

/** An object with free keys, in the order of the keys, so that equal content gives equal bytes. */
export function recordOf<T>(
  value: unknown,
  at: string,
  item: (value: unknown, at: string) => T,
): { readonly [key: string]: T } {
  const entries = Object.entries(object(value, at)).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, entry]) => [key, item(entry, `${at}.${key}`)]));
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
