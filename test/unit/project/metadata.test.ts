import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { actionFiles, renderActionFile } from '../../../scripts/action-file.ts';
import { checkAction, checkWorkflow } from '../../../scripts/metadata-rules.ts';
import {
  inputTables,
  outputTable,
  parseActionMetadata,
  replaceSection,
} from '../../../scripts/readme-tables.ts';

const root = join(import.meta.dirname, '../../..');
const action = actionFiles.map(renderActionFile)[0] ?? '';
const workflow = readFileSync(join(root, '.github/workflows/ci.yml'), 'utf8');

async function actionFindings(text: string, exists = true): Promise<string> {
  return (await checkAction({ path: 'action.yml', text }, { exists: () => exists })).join('\n');
}

async function workflowFindings(text: string): Promise<string> {
  return (await checkWorkflow({ path: '.github/workflows/ci.yml', text })).join('\n');
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
    ['no permissions at the top', /^permissions: \{\}\n/m, '', 'permissions is missing'],
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
      '| `database-port` | `5432` | Port. Only with `database-strategy: postgresql` or `database-strategy: mysql`. |',
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
