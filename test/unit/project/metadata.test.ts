import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { actionFiles, renderActionFile } from '../../../scripts/action-file.ts';
import { checkAction, checkWorkflow } from '../../../scripts/metadata-rules.ts';
import {
  inputTables,
  outputTable,
  parseActionMetadata,
  replaceSection,
} from '../../../scripts/readme-tables.ts';
import { type ActionName, type InputDeclaration, inputsOf } from '../../../src/inputs/declarations.ts';
import { outputsOf } from '../../../src/inputs/outputs.ts';

const root = join(import.meta.dirname, '../../..');
const action = actionFiles.map(renderActionFile)[0] ?? '';
const workflow = readFileSync(join(root, '.github/workflows/ci.yml'), 'utf8');

async function actionFindings(text: string, exists = true): Promise<string> {
  return (await checkAction({ path: 'action.yml', text }, { exists: () => exists })).join('\n');
}

async function workflowFindings(text: string, path = '.github/workflows/ci.yml'): Promise<string> {
  return (await checkWorkflow({ path, text })).join('\n');
}

describe('the check of action.yml', () => {
  it('accepts ours', async () => {
    expect(await actionFindings(action)).toBe('');
  });

  it.each([
    ['another runtime', /using: node24/, 'using: node20', 'use node24'],
    ['an unknown runtime', /using: node24/, 'using: node99', 'line '],
    ['an unknown key', /^runs:/m, 'inputz: {}\nruns:', 'inputz'],
    ['no branding', /^branding:\n(?: .*\n)+/m, '', 'branding is missing'],
    [
      'an input with an empty description',
      /description: Password of that user\./,
      "description: ''",
      'inputs.',
    ],
    ['an output without description', /description: Path of the archive\./, '{}', 'outputs.archive'],
  ])('finds %s', async (_what, from, to, finding) => {
    const broken = action.replace(from, to);
    expect(broken).not.toBe(action);
    expect(await actionFindings(broken)).toContain(finding);
  });

  it('finds a main file that was not built', async () => {
    expect(await actionFindings(action, false)).toContain('runs.main names dist/backup/index.js');
  });
});

describe('the check of workflows', () => {
  it('accepts ours', async () => {
    expect(await workflowFindings(workflow)).toBe('');
  });

  it.each([
    ['a tag instead of a commit', /@[0-9a-f]{40} #/, '@v7 #', 'is not pinned'],
    ['a commit without its version', / # v7\.0\.1/, '', 'lacks its version'],
    ['no permissions at the top', /^permissions: \{\}\n/m, '', 'permissions at the top are not empty'],
    [
      'permissions for all jobs',
      /^permissions: \{\}\n/m,
      'permissions:\n  contents: read\n',
      'permissions at the top are not empty',
    ],
    ['a job without a limit', /^ +timeout-minutes: \d+\n/m, '', 'has no timeout-minutes'],
    [
      'an action of another repository that only looks like our own',
      /uses: \S+/,
      'uses: a/$/b',
      'is not pinned',
    ],
    [
      'an expression in a script',
      /run: npm test/,
      'run: echo ${{ github.head_ref }}',
      'pass the value by env',
    ],
    ['an unknown key', /timeout-minutes/, 'timeout-seconds', 'timeout-seconds'],
    ['an unknown context', /github\.ref /, 'githup.ref ', 'githup'],
  ])('finds %s', async (_what, from, to, finding) => {
    const broken = workflow.replace(from, () => to);
    expect(broken).not.toBe(workflow);
    expect(await workflowFindings(broken)).toContain(finding);
  });
});

/** What a reusable workflow has besides the inputs of its action. A cancel waits for nobody. */
const OWN_INPUTS: Readonly<Record<ActionName, readonly string[]>> = {
  backup: ['runs-on', 'environment', 'timeout-minutes'],
  restore: ['runs-on', 'environment', 'timeout-minutes'],
  cancel: ['runs-on', 'timeout-minutes'],
};

/** Somebody has to type the confirmation, and `archive` says that it may stay empty. */
const OTHERWISE: Readonly<Record<string, object>> = {
  'restore confirm': { type: 'string', required: true },
  'restore archive': { type: 'string', default: '' },
};

/** Typed as the default is; text without one, since a number or a truth value cannot be left out. */
function typedInput({ default: given, required }: InputDeclaration): object {
  if (given === 'true' || given === 'false') {
    return { type: 'boolean', default: given === 'true' };
  }
  if (given !== undefined && /^\d+$/.test(given)) {
    return { type: 'number', default: Number(given) };
  }
  const head = { type: 'string', ...(given === undefined ? {} : { default: given }) };
  return required === true ? { ...head, required } : head;
}

function reference(context: string, name: string): string {
  return `\${{ ${context}.${name} }}`;
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => {
    const next: unknown = typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined;
    return next;
  }, value);
}

function fieldsOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function withoutDescription(value: unknown): object {
  return Object.fromEntries(fieldsOf(value).filter(([name]) => name !== 'description'));
}

describe.each(['backup', 'restore', 'cancel'] as const)('the reusable %s workflow', (name) => {
  const document: unknown = parse(readFileSync(join(root, `.github/workflows/${name}.yml`), 'utf8'));
  const call = at(document, 'on', 'workflow_call');
  const job = at(document, 'jobs', name);
  const step = at(job, 'steps', '0');
  const inputs = inputsOf(name);

  it('has the inputs of the action, with the same defaults, and its own', () => {
    const given = fieldsOf(at(call, 'inputs'));
    const own = given.filter(([input]) => OWN_INPUTS[name].includes(input));
    expect(own.map(([input]) => input)).toEqual(OWN_INPUTS[name]);
    const shared = given.filter(([input]) => !OWN_INPUTS[name].includes(input));
    expect(Object.fromEntries(shared.map(([input, value]) => [input, withoutDescription(value)]))).toEqual(
      Object.fromEntries(
        inputs
          .filter(({ secret }) => secret !== true)
          .map((input) => [input.name, OTHERWISE[`${name} ${input.name}`] ?? typedInput(input)]),
      ),
    );
  });

  it('has the secrets of the action, none of them required', () => {
    const secrets = fieldsOf(at(call, 'secrets')).map(([secret, value]) => [
      secret,
      withoutDescription(value),
    ]);
    expect(Object.fromEntries(secrets)).toEqual(
      Object.fromEntries(
        inputs.filter(({ secret }) => secret === true).map((input) => [input.name, { required: false }]),
      ),
    );
  });

  it('passes every one of them on', () => {
    const expected = inputs.map((input): [string, string] => [
      input.name,
      `${name} ${input.name}` === 'restore confirm'
        ? "${{ inputs.confirm || '(nothing typed)' }}"
        : reference(input.secret === true ? 'secrets' : 'inputs', input.name),
    ]);
    expect(at(step, 'with')).toEqual(Object.fromEntries(expected));
  });

  it('hands every output of the action out', () => {
    const names = outputsOf(name).map((output) => output.name);
    const values = fieldsOf(at(call, 'outputs')).map(([output, value]) => [output, at(value, 'value')]);
    expect(Object.fromEntries(values)).toEqual(
      Object.fromEntries(names.map((output) => [output, reference(`jobs.${name}.outputs`, output)])),
    );
    expect(at(job, 'outputs')).toEqual(
      Object.fromEntries(names.map((output) => [output, reference(`steps.${name}.outputs`, output)])),
    );
  });

  it('is one step, the action of its own commit, and asks nothing of GitHub', () => {
    expect(at(job, 'steps')).toHaveLength(1);
    expect(at(step, 'uses')).toBe(name === 'backup' ? '$/' : `$/${name}`);
    expect([at(document, 'permissions'), at(job, 'permissions')]).toEqual([{}, {}]);
    expect(at(job, 'timeout-minutes')).toBe(reference('inputs', 'timeout-minutes'));
  });

  it('waits for its turn on the instance, unless it cancels', () => {
    const turn = {
      group: `bitbucket-${reference('inputs', 'instance-name')}`,
      'cancel-in-progress': false,
      queue: 'max',
    };
    expect(at(job, 'concurrency')).toEqual(name === 'cancel' ? undefined : turn);
    expect(at(document, 'concurrency')).toBeUndefined();
  });
});

describe('the examples', () => {
  const names = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.yml'));
  const tests = globSync(join(root, 'test/e2e/workflows*.test.ts'))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');

  it.each(names)('%s is valid, is run by a test, and is in the table', async (name) => {
    const text = readFileSync(join(root, 'examples', name), 'utf8');
    expect(await workflowFindings(text, `examples/${name}`)).toBe('');
    expect(tests.includes(`example('${name}')`)).toBe(true);
    expect(readFileSync(join(root, 'examples/README.md'), 'utf8')).toContain(`| [${name}](${name}) |`);
  });

  it.each(names)('%s names nothing that its table of variables and secrets lacks', (name) => {
    const text = readFileSync(join(root, 'examples', name), 'utf8');
    const readme = readFileSync(join(root, 'examples/README.md'), 'utf8');
    for (const [, used = ''] of text.matchAll(/(?:vars|secrets)\.([A-Z_0-9]+)/g)) {
      expect(readme).toContain(`\`${used}\``);
    }
  });
});

describe('the tables of the README', () => {
  const metadata = parseActionMetadata(action);

  it('name every input and every output once', () => {
    const inputs = inputTables(metadata, () => []);
    for (const name of Object.keys(metadata.inputs ?? {})) {
      expect(inputs.split('\n').filter((line) => line.startsWith(`| \`${name}\` |`))).toHaveLength(1);
    }
    for (const name of Object.keys(metadata.outputs ?? {})) {
      expect(outputTable(metadata)).toContain(`| \`${name}\` |`);
    }
  });

  it('say what is required, the default, and the strategy an input belongs to', () => {
    const tables = inputTables(
      {
        inputs: {
          'home-path': { description: 'The home | folder.', required: true },
          'database-port': { description: 'Port.', default: '5432' },
        },
      },
      (input) => (input === 'database-port' ? ['database:postgresql', 'database:mysql'] : []),
    );
    expect(tables).toContain('| `home-path` | **required** | The home \\| folder. |');
    expect(tables).toContain(
      '| `database-port` | `5432` | Port. Only with database-strategy `postgresql` or `mysql`. |',
    );
  });

  it('go between their markers, and only there', () => {
    const page = 'a\n<!-- inputs:begin -->\nold\n<!-- inputs:end -->\nb\n';
    const wanted = 'a\n<!-- inputs:begin -->\n\nnew\n\n<!-- inputs:end -->\nb\n';
    expect(replaceSection(page, 'inputs', 'new')).toBe(wanted);
    expect(replaceSection(wanted, 'inputs', 'new')).toBe(wanted);
    expect(() => replaceSection(page, 'outputs', 'new')).toThrow('<!-- outputs:begin -->');
  });
});
