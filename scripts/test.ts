/**
 * Runs every static check, then vitest, and ends with one line that counts both (`npm test`, after `test.sh` has set up).
 * Nothing stops at the first failure. On a CI server (`CI=true`) a skipped test is a failure, so that a check cannot
 * fall asleep unnoticed; the one excuse is a package registry that did not answer.
 */
import { spawn } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTally, type Tally } from './tally-reporter.ts';

interface Check {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

/** The commands are those of package.json where it has them, so that a developer and CI run the same. */
const CHECKS: readonly Check[] = [
  { name: 'format', command: ['node', '--run', 'format:check'] },
  { name: 'lint', command: ['node', '--run', 'lint'] },
  { name: 'types', command: ['node', '--run', 'typecheck'] },
  { name: 'metadata', command: ['node', 'scripts/check-metadata.ts'] },
  // Without shellcheck and pyflakes, which only some machines have: the same findings everywhere. Named one by one, since
  // actionlint by itself looks into .github/workflows only.
  {
    name: 'actionlint',
    command: [
      'actionlint',
      '-no-color',
      '-shellcheck=',
      '-pyflakes=',
      ...globSync(['.github/workflows/*.{yml,yaml}', 'examples/*.{yml,yaml}']),
    ],
  },
  { name: 'docs', command: ['node', 'scripts/docs.ts', '--check'] },
  { name: 'dist', command: ['node', 'scripts/check-dist.ts'] },
];

/** A run inside a workflow must not find that workflow's own inputs, outputs, state and runner. */
const RUNNER_VARIABLES = /^(?:GITHUB|RUNNER|ACTIONS|INPUT|STATE)_/;

const NOTHING: Tally = { passed: 0, failed: 0, skipped: 0, excused: 0 };

const only = process.env['ONLY'] ?? '';
if (!['', 'checks', 'tests'].includes(only)) {
  throw new Error(`ONLY is '${only}'; use checks or tests, or leave it unset.`);
}
const checks = only === 'tests' ? NOTHING : await runChecks();
const tests = only === 'checks' ? NOTHING : await runTests();
const total: Tally = {
  passed: checks.passed + tests.passed,
  failed: checks.failed + tests.failed,
  skipped: checks.skipped + tests.skipped,
  excused: checks.excused + tests.excused,
};
const skippedInCi = process.env['CI'] === 'true' && total.skipped > total.excused;
if (skippedInCi) {
  console.log(`Skipped tests fail on a CI server: ${total.skipped - total.excused}`);
}
console.log(
  `${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`,
);
process.exitCode = total.failed > 0 || skippedInCi || total.passed === 0 ? 1 : 0;

async function runChecks(): Promise<Tally> {
  let failed = 0;
  for (const check of CHECKS) {
    const started = performance.now();
    const { exitCode, output } = await run(check.command, 'pipe');
    if (exitCode === 0) {
      console.log(`ok  ${check.name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
    } else {
      failed += 1;
      console.log(`FAILED ${check.name}\n${output.trimEnd()}`);
    }
  }
  return { ...NOTHING, passed: CHECKS.length - failed, failed };
}

async function runTests(): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'bitbucket-backup-tests-'));
  try {
    const tallyFile = join(folder, 'tally');
    const reporters = ['--reporter=default', '--reporter=./scripts/tally-reporter.ts'];
    const { exitCode } = await run(['vitest', 'run', ...reporters], 'inherit', { TALLY_FILE: tallyFile });
    const tally = readTally(existsSync(tallyFile) ? readFileSync(tallyFile, 'utf8') : '');
    // vitest that fails without a failed test (it crashed, or found no test at all) is a failure of its own.
    return exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(
  [program, ...args]: readonly [string, ...string[]],
  stdio: 'pipe' | 'inherit',
  extra: Readonly<Record<string, string>> = {},
): Promise<{ exitCode: number; output: string }> {
  const inherited = Object.entries(process.env).filter(([name]) => !RUNNER_VARIABLES.test(name));
  const env = { ...Object.fromEntries(inherited), ...extra };
  return await new Promise((resolve) => {
    const child = spawn(program, args, { env, stdio: ['ignore', stdio, stdio] });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.on('error', (error) => resolve({ exitCode: 127, output: error.message }));
    child.on('close', (code) => resolve({ exitCode: code ?? 1, output }));
  });
}
