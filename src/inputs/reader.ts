/**
 * Typed, strict reading of inputs. A wrong input is noted and a harmless stand-in returned, so that all wrong inputs are
 * found in one go; `finish` throws them together before anything can use a stand-in.
 */
import { normalize } from 'node:path';
import { ConfigurationError, type Problem } from '../errors.ts';
import { inputDeclarations } from './declarations.ts';
import { pathComplaint, splitOnce, stripSlash, urlComplaint, withoutTrailingSlash } from './input-values.ts';
import { nearest } from './nearest.ts';

export interface IntegerRange {
  readonly min: number;
  readonly max: number;
}

export interface PathPair {
  readonly from: string;
  readonly to: string;
}

export interface ReaderSource {
  /** The raw value of an input, empty when unset. */
  raw(name: string): string;
  /** Told every secret as soon as it is read. */
  mask(secret: string): void;
}

/** What answers where the inputs leave something open, such as Bitbucket's own settings. */
export interface Answers {
  /** By the name of the input. */
  readonly values: Readonly<Record<string, string>>;
  /** What no input is there for, in the words of the client that is told: `sslmode` of PostgreSQL's. */
  readonly parameters: Readonly<Record<string, string>>;
}

const NO_ANSWERS: Answers = { values: {}, parameters: {} };

/** Stand-ins for values that could not be read; `finish` throws before anyone uses them. */
const STAND_IN_URL = 'http://stand-in.invalid/';
const LARGEST_ID = 2_147_483_647;

export class InputReader {
  readonly #source: ReaderSource;
  readonly #answers: Answers;
  #problems: Problem[] = [];
  #namesRead = new Set<string>();

  constructor(source: ReaderSource, answers: Answers = NO_ANSWERS) {
    this.#source = source;
    this.#answers = answers;
  }

  /** A reader of the same inputs that answers what they leave open. What is wrong is noted in this one. */
  answering(answers: Answers): InputReader {
    const reader = new InputReader(this.#source, answers);
    reader.#problems = this.#problems;
    reader.#namesRead = this.#namesRead;
    return reader;
  }

  /** A reader of the same inputs that keeps for itself what is wrong with them. */
  apart(): InputReader {
    return new InputReader(this.#source, this.#answers);
  }

  /** What goes along with the answers; empty where the inputs alone are asked. */
  get parameters(): Readonly<Record<string, string>> {
    return this.#answers.parameters;
  }

  /** A secret that was found elsewhere: kept out of everything that is printed, as those of inputs are. */
  mask(secret: string): void {
    this.#source.mask(secret);
  }

  /** Every input that was asked for, so that a test can hold code and metadata together. */
  get namesRead(): ReadonlySet<string> {
    return this.#namesRead;
  }

  /** Is it set to something else than its default? */
  isGiven(name: string): boolean {
    const value = this.#raw(name).trim();
    return value !== '' && value !== (inputDeclarations.find((input) => input.name === name)?.default ?? '');
  }

  /** As it was written, for a part that depends on another part's input: that part's reader complains about it. */
  written(name: string): string {
    return this.#raw(name).trim();
  }

  /** Empty when unset. Control characters and line breaks are refused. */
  text(name: string): string {
    const value = this.#raw(name).trim();
    if (/\p{Cc}/u.test(value)) {
      this.problem(name, 'contains a control character or a line break; write it on one line.');
      return '';
    }
    return value;
  }

  optionalText(name: string): string | undefined {
    const value = this.text(name);
    return value === '' ? undefined : value;
  }

  requiredText(name: string): string {
    const before = this.#problems.length;
    const value = this.text(name);
    if (value === '' && this.#problems.length === before) {
      this.problem(name, 'is required and empty; set it in the workflow.');
    }
    return value;
  }

  /** A value that is masked before anything else happens with it. Kept as it is, spaces included. */
  secret(name: string): string | undefined {
    const value = this.#raw(name);
    if (value === '') {
      return undefined;
    }
    this.#source.mask(value);
    return value;
  }

  /** An http or https URL without user, query and trailing slash. */
  url(name: string): URL {
    return this.#checked(name, this.requiredText(name), urlComplaint, STAND_IN_URL, (value) =>
      withoutTrailingSlash(new URL(value)),
    );
  }

  requiredPath(name: string): string {
    return this.#path(name, this.requiredText(name));
  }

  optionalPath(name: string): string | undefined {
    const value = this.text(name);
    return value === '' ? undefined : this.#path(name, value);
  }

  /** Absolute paths, one a line. */
  pathList(name: string): readonly string[] {
    return this.#raw(name)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map((line) => this.#path(name, line));
  }

  /** `/path` or `/path=/other/path`, one a line; without the second it is the same as the first. */
  pathPairs(name: string): readonly PathPair[] {
    return this.#raw(name)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map((line) => {
        const [from = '', to] = splitOnce(line);
        if (from === '' || to === '') {
          this.problem(name, `has the line '${line}', which lacks a path; use /path or /path=/other/path.`);
        }
        const path = this.#path(name, from);
        return { from: path, to: to === undefined ? path : this.#path(name, to) };
      });
  }

  boolean(name: string): boolean {
    const value = this.#raw(name);
    if (value !== 'true' && value !== 'false') {
      this.problem(name, `is '${value}'; use true or false.`);
    }
    return value === 'true';
  }

  integer(name: string, range: IntegerRange): number {
    const before = this.#problems.length;
    const value = this.text(name);
    return this.#problems.length > before ? range.min : this.#integer(name, value, range);
  }

  optionalInteger(name: string, range: IntegerRange): number | undefined {
    const value = this.text(name);
    return value === '' ? undefined : this.#integer(name, value, range);
  }

  /** Whole numbers from 1, separated by commas, spaces or lines. */
  idList(name: string): readonly number[] {
    return this.#raw(name)
      .split(/[\s,]+/)
      .filter((word) => word !== '')
      .map((word) => this.#integer(name, word, { min: 1, max: LARGEST_ID }));
  }

  choice<T extends string>(name: string, choices: readonly [T, ...T[]]): T {
    const before = this.#problems.length;
    const value = this.text(name);
    const chosen = choices.find((choice) => choice === value);
    if (chosen === undefined && this.#problems.length === before) {
      const hint = nearest(value, choices);
      const question = hint === undefined ? '' : ` (did you mean ${hint}?)`;
      this.problem(name, `is '${value}'; use ${orList(choices)}${question}.`);
    }
    return chosen ?? choices[0];
  }

  /** Notes a problem that only the caller can see, such as two inputs that exclude each other. */
  problem(name: string, sentence: string): void {
    const message = `Input '${name}' ${sentence}`;
    // Several parts read some inputs, such as ca-file.
    if (!this.#problems.some((known) => known.message === message)) {
      this.#problems.push({ subject: name, message });
    }
  }

  /** @throws ConfigurationError with every problem noted. */
  finish(): void {
    if (this.#problems.length > 0) {
      throw new ConfigurationError('INPUT_INVALID', this.#problems);
    }
  }

  #raw(name: string): string {
    this.#namesRead.add(name);
    const given = this.#source.raw(name);
    const isSecret = inputDeclarations.some((input) => input.name === name && input.secret === true);
    // Blanks are nothing, and a password all the same.
    const isOpen = isSecret ? given === '' : given.trim() === '';
    return isOpen ? (this.#answers.values[name] ?? given) : given;
  }

  #path(name: string, value: string): string {
    return this.#checked(name, value, pathComplaint, '/', (path) => stripSlash(normalize(path)));
  }

  #integer(name: string, value: string, range: IntegerRange): number {
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (Number.isNaN(number) || number < range.min || number > range.max) {
      this.problem(name, `is '${value}'; use a whole number from ${range.min} to ${range.max}.`);
      return range.min;
    }
    return number;
  }

  /** An empty value was complained about where it is required, or has its own meaning where it is not. */
  #checked<T>(
    name: string,
    value: string,
    complaintAbout: (value: string) => string | undefined,
    standIn: string,
    convert: (value: string) => T,
  ): T {
    const complaint = value === '' ? undefined : complaintAbout(value);
    if (complaint !== undefined) {
      this.problem(name, complaint);
    }
    return convert(value === '' || complaint !== undefined ? standIn : value);
  }
}

export function orList(choices: readonly string[]): string {
  return choices.length < 2 ? choices.join('') : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
}
