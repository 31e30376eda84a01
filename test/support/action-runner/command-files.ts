/** The files that a step writes for the runner: state, outputs, environment, path, summary. Each step gets new ones. */
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILES = {
  GITHUB_STATE: 'save_state',
  GITHUB_OUTPUT: 'set_output',
  GITHUB_ENV: 'set_env',
  GITHUB_PATH: 'add_path',
  GITHUB_STEP_SUMMARY: 'step_summary',
} as const;

/** Bytes; a larger summary is not uploaded at all (actions/runner, CreateStepSummaryCommand). */
const SUMMARY_LIMIT = 1024 * 1024;

export interface CommandFiles {
  /** Where the files are, for the step's environment. */
  readonly env: Readonly<Record<keyof typeof FILES, string>>;
  /** Reads them after the step, whether it ended by itself or was killed. */
  read(): FileContents;
}

export interface FileContents {
  readonly state: Record<string, string>;
  readonly outputs: Record<string, string>;
  readonly environment: Record<string, string>;
  readonly path: string[];
  readonly summary: string;
  /** What the runner would report as errors: a file cut off in the middle of a value, a summary that is too large. */
  readonly errors: string[];
}

export function createCommandFiles(folder: string, step: string): CommandFiles {
  mkdirSync(folder, { recursive: true });
  const file = (name: keyof typeof FILES): string => join(folder, `${FILES[name]}_${step}`);
  const env = {
    GITHUB_STATE: file('GITHUB_STATE'),
    GITHUB_OUTPUT: file('GITHUB_OUTPUT'),
    GITHUB_ENV: file('GITHUB_ENV'),
    GITHUB_PATH: file('GITHUB_PATH'),
    GITHUB_STEP_SUMMARY: file('GITHUB_STEP_SUMMARY'),
  };
  for (const path of Object.values(env)) {
    writeFileSync(path, '');
  }
  return { env, read: () => readFiles(env) };
}

function readFiles(env: CommandFiles['env']): FileContents {
  const errors: string[] = [];
  const pairs = (path: string): Record<string, string> => {
    const parsed = parseKeyValueFile(readFileSync(path, 'utf8'));
    errors.push(...parsed.errors);
    return parsed.values;
  };
  const summaryBytes = statSync(env.GITHUB_STEP_SUMMARY).size;
  if (summaryBytes > SUMMARY_LIMIT) {
    errors.push(
      `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${Math.ceil(summaryBytes / 1024)}k.`,
    );
  }
  return {
    state: pairs(env.GITHUB_STATE),
    outputs: pairs(env.GITHUB_OUTPUT),
    environment: pairs(env.GITHUB_ENV),
    path: readFileSync(env.GITHUB_PATH, 'utf8')
      .split('\n')
      .filter((line) => line !== ''),
    summary: summaryBytes > SUMMARY_LIMIT ? '' : readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8'),
    errors,
  };
}

/**
 * Reads `name=value` and `name<<delimiter` blocks. Like the runner, it keeps what stands before a broken entry, which
 * is what a step killed in the middle of a write leaves behind.
 */
export function parseKeyValueFile(content: string): { values: Record<string, string>; errors: string[] } {
  const values: Record<string, string> = {};
  const lines = content.split('\n').map((line) => line.replace(/\r$/, ''));
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const equals = line.indexOf('=');
    const heredoc = line.indexOf('<<');
    if (line === '') {
      continue;
    }
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      values[line.slice(0, equals)] = line.slice(equals + 1);
      continue;
    }
    if (heredoc <= 0) {
      return { values, errors: [`Invalid format '${line}'`] };
    }
    const delimiter = line.slice(heredoc + 2);
    const end = lines.indexOf(delimiter, index + 1);
    if (end < 0 || delimiter === '') {
      return { values, errors: [`Invalid value. Matching delimiter not found '${delimiter}'`] };
    }
    values[line.slice(0, heredoc)] = lines.slice(index + 1, end).join('\n');
    index = end;
  }
  return { values, errors: [] };
}
