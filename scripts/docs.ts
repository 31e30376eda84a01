/**
 * `npm run docs`: writes every `action.yml` from the declarations, and the tables of its README from it.
 * `--check` changes nothing and fails when a file is not what it would write.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inputDeclarations } from '../src/inputs/declarations.ts';
import { actionFiles, renderActionFile } from './action-file.ts';
import { inputTables, outputTable, parseActionMetadata, replaceSection } from './readme-tables.ts';

const root = join(import.meta.dirname, '..');
const checkOnly = process.argv.includes('--check');

for (const file of actionFiles) {
  const text = renderActionFile(file);
  update(file.path, text);
  const metadata = parseActionMetadata(text);
  const withInputs = replaceSection(current(file.readme), 'inputs', inputTables(metadata, strategiesOf));
  update(file.readme, replaceSection(withInputs, 'outputs', outputTable(metadata)));
}
function strategiesOf(input: string): readonly string[] {
  return inputDeclarations.find(({ name }) => name === input)?.strategies ?? [];
}

function current(path: string): string {
  const file = join(root, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function update(path: string, wanted: string): void {
  if (current(path) === wanted) {
    return;
  }
  if (checkOnly) {
    console.log(`${path} is not up to date; run: npm run docs`);
    process.exitCode = 1;
  } else {
    writeFileSync(join(root, path), wanted);
    console.log(`${path} written`);
  }
}
