/** Checks every `action.yml`, every workflow and every example; prints the findings and fails on any. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { checkAction, checkWorkflow, type MetadataFile } from './metadata-rules.ts';

const root = join(import.meta.dirname, '..');
const FOREIGN = new Set(['node_modules', 'build', 'dist', '.git']);

const actions = find('**/action.{yml,yaml}');
const workflows = find('.github/workflows/*.{yml,yaml}');
const examples = find('examples/*.{yml,yaml}');
const findings: string[] = [];
for (const file of actions) {
  const folder = join(root, dirname(file.path));
  findings.push(...(await checkAction(file, { exists: (path) => existsSync(join(folder, path)) })));
}
for (const file of [...workflows, ...examples]) {
  findings.push(...(await checkWorkflow(file)));
}
for (const finding of findings) {
  console.log(finding);
}
if (actions.length === 0 || workflows.length === 0 || examples.length === 0) {
  console.log('No action.yml, no workflow or no example was found.');
  process.exitCode = 1;
}
if (findings.length > 0) {
  process.exitCode = 1;
}

function find(pattern: string): MetadataFile[] {
  const paths = globSync(pattern, { cwd: root, exclude: (name) => FOREIGN.has(name) });
  return paths.toSorted().map((path) => ({
    path: path.split(sep).join('/'),
    text: readFileSync(join(root, path), 'utf8'),
  }));
}
