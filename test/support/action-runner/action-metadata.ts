/** `action.yml` as the runner reads it: what to run, and which inputs have which defaults. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface ActionMetadata {
  /** Absolute paths. */
  readonly main: string;
  readonly post: string | undefined;
  readonly postIf: string;
  /** Name in lower case to default; empty when there is none. */
  readonly defaults: ReadonlyMap<string, string>;
}

/** @throws Error when the file is not that of a JavaScript action */
export function readActionMetadata(actionFolder: string): ActionMetadata {
  const document: unknown = parse(readFileSync(join(actionFolder, 'action.yml'), 'utf8'));
  const runs = property(document, 'runs');
  const using = text(property(runs, 'using'));
  const main = text(property(runs, 'main'));
  const post = text(property(runs, 'post'));
  if (using === undefined || !/^node\d+$/.test(using) || main === undefined) {
    throw new Error(`${actionFolder}/action.yml is not that of a JavaScript action.`);
  }
  const inputs = property(document, 'inputs');
  const names = typeof inputs === 'object' && inputs !== null ? Object.keys(inputs) : [];
  return {
    main: join(actionFolder, main),
    post: post === undefined ? undefined : join(actionFolder, post),
    postIf: text(property(runs, 'post-if')) ?? 'always()',
    defaults: new Map(
      names.map((name) => [name.toLowerCase(), text(property(property(inputs, name), 'default')) ?? '']),
    ),
  };
}

/**
 * `INPUT_*` as the runner passes it: every declared input, upper-cased with dashes kept and spaces as underscores,
 * and undeclared ones as well. A required input that is missing arrives empty; a given empty one keeps no default.
 */
export function inputEnvironment(
  metadata: ActionMetadata,
  inputs: Readonly<Record<string, string>>,
  contexts: Readonly<Record<string, string>>,
): Record<string, string> {
  const values = new Map(
    [...metadata.defaults].map(([name, value]) => [name, resolveExpressions(value, contexts)]),
  );
  for (const [name, value] of Object.entries(inputs)) {
    values.set(name.toLowerCase(), value);
  }
  return Object.fromEntries(
    [...values].map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]),
  );
}

export function undeclaredInputs(
  metadata: ActionMetadata,
  inputs: Readonly<Record<string, string>>,
): string[] {
  return Object.keys(inputs).filter((name) => !metadata.defaults.has(name.toLowerCase()));
}

/** Whether post runs after a main that ended so. Anything but the status functions alone is refused. */
export function postCondition(condition: string, main: { succeeded: boolean; cancelled: boolean }): boolean {
  switch (condition.replace(/^\$\{\{|\}\}$/g, '').trim()) {
    case 'always()':
      return true;
    case 'success()':
      return main.succeeded && !main.cancelled;
    case 'failure()':
      return !main.succeeded && !main.cancelled;
    case 'cancelled()':
      return main.cancelled;
    case '!cancelled()':
      return !main.cancelled;
    default:
      throw new Error(`The test runner cannot evaluate post-if '${condition}'.`);
  }
}

/** `${{ github.token }}` and the like, which is all that a default may use. */
function resolveExpressions(value: string, contexts: Readonly<Record<string, string>>): string {
  return value.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_whole, expression: string) => {
    const name = expression.toUpperCase().replace('.', '_');
    if (!/^(github|runner)\.\w+$/.test(expression)) {
      throw new Error(`The test runner cannot evaluate \${{ ${expression} }}.`);
    }
    return contexts[name] ?? '';
  });
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Map<string, unknown>(Object.entries(value)).get(name)
    : undefined;
}

function text(value: unknown): string | undefined {
  if (typeof value === 'string') {
    return value;
  }
  // YAML reads `default: 60` as a number; the runner hands on text.
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
