/**
 * The lines that a step prints, as the runner understands them: `::command key=value,key=value::data`, with percent
 * escapes (documented in "Workflow commands for GitHub Actions", written by @actions/core `command.ts`).
 */
import type { SecretMasker } from './secret-masker.ts';

export type AnnotationLevel = 'error' | 'warning' | 'notice' | 'debug';

export interface Annotation {
  readonly level: AnnotationLevel;
  readonly message: string;
  /** `title`, `file`, `line` ... as given. */
  readonly properties: Readonly<Record<string, string>>;
}

export interface WorkflowCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** Undefined for a line that is no command and is shown as it is. */
export function parseWorkflowCommand(line: string): WorkflowCommand | undefined {
  const match = /^\s*::([^\s:]+)(?:\s+(.*?))?::(.*)$/s.exec(line);
  const [, name, properties = '', data = ''] = match ?? [];
  if (name === undefined) {
    return undefined;
  }
  const fields: Record<string, string> = {};
  for (const pair of properties.split(',')) {
    const equals = pair.indexOf('=');
    if (equals > 0) {
      fields[pair.slice(0, equals).trim()] = unescapeProperty(pair.slice(equals + 1));
    }
  }
  return { name: name.toLowerCase(), properties: fields, data: unescapeData(data) };
}

/** Turns what a step prints into what its log shows, and collects its annotations. */
export class StepLog {
  readonly lines: string[] = [];
  /** What was printed, unmasked: proof that the action itself keeps secrets to itself. */
  readonly rawLines: string[] = [];
  readonly annotations: Annotation[] = [];
  readonly #masker: SecretMasker;
  readonly #listeners = new Set<(line: string) => void>();
  /** `::stop-commands::<token>` turns commands off until `::<token>::`. */
  #stopToken: string | undefined;

  constructor(masker: SecretMasker) {
    this.#masker = masker;
  }

  onLine(listener: (line: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes one line of either output; the runner reads commands from both. */
  take(line: string): void {
    this.rawLines.push(line);
    const command = parseWorkflowCommand(line);
    if (command === undefined) {
      this.#show(line);
    } else if (this.#stopToken !== undefined) {
      this.#takeStopped(line, command);
    } else {
      this.#obey(line, command);
    }
  }

  /** Adds an annotation, such as the runner's own ones. */
  annotate(level: AnnotationLevel, message: string, properties: Readonly<Record<string, string>> = {}): void {
    this.annotations.push({
      level,
      message: this.#masker.mask(message),
      properties: Object.fromEntries(
        Object.entries(properties).map(([key, value]) => [key, this.#masker.mask(value)]),
      ),
    });
    this.#show(`##[${level}]${message}`);
  }

  #takeStopped(line: string, command: WorkflowCommand): void {
    if (command.name === this.#stopToken?.toLowerCase()) {
      this.#stopToken = undefined;
    } else {
      this.#show(line);
    }
  }

  #obey(line: string, command: WorkflowCommand): void {
    switch (command.name) {
      case 'error':
      case 'warning':
      case 'notice':
      case 'debug':
        this.annotate(command.name, command.data, command.properties);
        break;
      case 'add-mask':
        this.#masker.add(command.data);
        this.#show('::add-mask::***');
        break;
      case 'group':
        this.#show(`##[group]${command.data}`);
        break;
      case 'endgroup':
        this.#show('##[endgroup]');
        break;
      case 'stop-commands':
        this.#stopToken = command.data;
        break;
      default:
        this.#show(line);
    }
  }

  #show(text: string): void {
    for (const line of this.#masker.mask(text).split('\n')) {
      this.lines.push(line);
      for (const listener of this.#listeners) {
        listener(line);
      }
    }
  }
}

function unescapeData(value: string): string {
  return value.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

function unescapeProperty(value: string): string {
  return unescapeData(value.replaceAll('%3A', ':').replaceAll('%2C', ','));
}
