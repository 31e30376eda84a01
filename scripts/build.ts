/**
 * Builds `dist/` (`npm run build`): tsc emits JavaScript into `build/`, ncc bundles it into one `dist/app/` that all
 * entries share, and every entry becomes a stub of two lines. ncc cannot read TypeScript 7, hence the two steps.
 *
 * Not minified: what a runner executes with the rights of a backup should be readable, stack traces name real functions,
 * loading takes the same time, and git packs both to about the same size.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every `runs.main` and `runs.post` of the action.yml files: folder in `dist/`, and what `run` is called with. */
const ENTRIES: readonly string[] = ['backup', 'post', 'restore', 'restore-post', 'cancel'];

/** Programs that the action runs as children of its own. Bundled apart: each of their threads loads all of it. */
const PROGRAMS: readonly string[] = ['home-scan'];

const root = join(import.meta.dirname, '..');
const emitted = join(root, 'build');
const dist = join(root, 'dist');

/** Bundled here first and renamed at the end, so that a build that fails leaves the committed `dist/` alone. */
const staging = join(emitted, 'dist');

try {
  build();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function build(): void {
  rmSync(emitted, { recursive: true, force: true });
  runTool('tsc', ['-p', 'tsconfig.build.json']);
  // `--no-cache`: ncc's cache lies in the machine's temporary folder and would tie the result to earlier builds.
  const options = ['--license', 'licenses.txt', '--target', 'es2024', '--no-cache', '--quiet'];
  runTool('ncc', ['build', 'build/entries/app.js', '--out', join(staging, 'app'), ...options]);
  for (const program of PROGRAMS) {
    runTool('ncc', ['build', `build/entries/${program}.js`, '--out', join(staging, program), ...options]);
  }
  writeFileSync(join(staging, 'package.json'), '{"type":"module"}\n');
  for (const entry of ENTRIES) {
    mkdirSync(join(staging, entry));
    const stub = `import { run } from '../app/index.js';\nawait run('${entry}');\n`;
    writeFileSync(join(staging, entry, 'index.js'), stub);
  }
  rmSync(dist, { recursive: true, force: true });
  renameSync(staging, dist);
}

/** Runs a command of our dev dependencies with this Node, whatever `node` is on PATH. */
function runTool(command: string, args: readonly string[]): void {
  const program = join(root, 'node_modules', '.bin', command);
  if (!existsSync(program)) {
    throw new Error(`${command} is not installed; run: npm run setup`);
  }
  const { status, error } = spawnSync(process.execPath, [program, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    throw new Error(`${command} failed with exit code ${status}.`, { cause: error });
  }
}
