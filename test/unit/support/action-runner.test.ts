import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  type ActionOptions,
  type ActionRun,
  descendantsOf,
  isRunning,
  processesWithEnvironment,
  runAction,
  startAction,
} from '../../support/action-runner/run-action.ts';

const CORE = import.meta.resolve('@actions/core');

const folders: string[] = [];
const runs: ActionRun[] = [];

afterAll(async () => {
  await Promise.all(runs.map(async (run) => await run.dispose()));
  await Promise.all(folders.map(async (folder) => await rm(folder, { recursive: true, force: true })));
});

/** An action whose main and post are given as the bodies of ES modules. */
async function makeAction(main: string, post?: string, postIf?: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'action-'));
  folders.push(folder);
  const lines = [
    'name: probe',
    'description: probe',
    'inputs:',
    '  bitbucket-url: { description: url, required: true }',
    '  max-locked-minutes: { description: limit, default: 60 }',
    '  zero-downtime: { description: flag, default: "false" }',
    '  token: { description: token, default: "${{ github.repository }}" }',
    'runs:',
    '  using: node24',
    '  main: dist/main/index.mjs',
    ...(post === undefined ? [] : ['  post: dist/post/index.mjs']),
    ...(postIf === undefined ? [] : [`  post-if: ${postIf}`]),
  ];
  await writeFile(join(folder, 'action.yml'), lines.join('\n'));
  for (const [name, body] of Object.entries({ main, post: post ?? '' })) {
    await mkdir(join(folder, 'dist', name), { recursive: true });
    await writeFile(
      join(folder, 'dist', name, 'index.mjs'),
      `import * as core from ${JSON.stringify(CORE)};\nimport { spawn } from 'node:child_process';\n${body}`,
    );
  }
  return folder;
}

function start(options: ActionOptions): ActionRun {
  const run = startAction(options);
  runs.push(run);
  return run;
}

const FOR_EVER = 'setInterval(() => undefined, 1000);';

describe('inputs and environment', () => {
  it('passes given, default and missing inputs as the runner does', async () => {
    const actionFolder = await makeAction(
      'console.log(JSON.stringify({ env: process.env, cwd: process.cwd() }));',
    );
    const run = start({ actionFolder, inputs: { 'Zero-Downtime': '', extra: 'x' }, env: { MORE: '1' } });
    const line = await run.waitForLine(/^\{/);
    const { log, annotations, exitCode } = await run.finish();
    const seen: unknown = JSON.parse(line);
    expect(seen).toHaveProperty(['env', 'INPUT_BITBUCKET-URL'], '');
    expect(seen).toMatchObject({
      cwd: run.workspace,
      env: {
        'INPUT_MAX-LOCKED-MINUTES': '60',
        'INPUT_ZERO-DOWNTIME': '',
        INPUT_TOKEN: 'octocat/backup',
        INPUT_EXTRA: 'x',
        MORE: '1',
        GITHUB_ACTIONS: 'true',
        RUNNER_TRACKING_ID: run.marker.slice('RUNNER_TRACKING_ID='.length),
      },
    });
    expect(line).not.toContain('VITEST');
    expect(log[0]).toMatch(/^##\[warning\]Unexpected input\(s\) 'extra'/);
    expect(annotations).toHaveLength(1);
    expect(exitCode).toBe(0);
  });
});

describe('what a step tells the runner', () => {
  it('reads annotations, masks, outputs, state and the summary', async () => {
    const actionFolder = await makeAction(
      `core.info('before s3cret word');
       core.setSecret('s3cret word');
       core.info('after s3cret word');
       core.error('first%\\nsecond s3cret word', { title: 'a: b, c' });
       core.warning('careful');
       core.startGroup('Phase'); core.endGroup();
       console.error('::notice::on standard error');
       core.setOutput('archive', '/a b\\nc');
       core.setOutput('leak', 'x s3cret word');
       core.saveState('token', 'line 1\\nline=2');
       await core.summary.addRaw('has s3cret word', true).write();
       core.setFailed('over');`,
      `core.info(JSON.stringify([core.getState('token'), core.getInput('bitbucket-url')]));
       await core.summary.addRaw('post summary', true).write();`,
    );
    const result = await runAction({ actionFolder, inputs: { 'bitbucket-url': 'http://b' } });
    expect(result.exitCode).toBe(1);
    // The two outputs are two pipes: their order in the log is open.
    expect(result.log.filter((line) => !line.includes('on standard error'))).toEqual([
      'before s3cret word',
      '::add-mask::***',
      'after ***',
      '##[error]first%',
      'second ***',
      '##[warning]careful',
      '##[group]Phase',
      '##[endgroup]',
      '##[error]over',
      "##[warning]Skip output 'leak' since it may contain secret.",
    ]);
    expect(result.annotations).toContainEqual({
      level: 'error',
      message: 'first%\nsecond ***',
      properties: { title: 'a: b, c' },
    });
    expect(result.annotations).toContainEqual({
      level: 'notice',
      message: 'on standard error',
      properties: {},
    });
    expect(result.outputs).toEqual({ archive: '/a b\nc' });
    expect(result.state).toEqual({ token: 'line 1\nline=2' });
    expect(result.summary.trim()).toBe('has ***');
    expect(result.rawLog).toContain('after s3cret word');
    expect(result.postLog).toEqual([JSON.stringify(['line 1\nline=2', 'http://b'])]);
    expect(result.postSummary.trim()).toBe('post summary');
    expect(result.postExitCode).toBe(0);
  });

  it('drops a summary over 1 MiB and keeps what stands before a state entry that was cut off', async () => {
    const actionFolder = await makeAction(
      `import { appendFileSync } from 'node:fs';
       core.saveState('whole', 'yes');
       appendFileSync(process.env.GITHUB_STATE, 'half<<end\\nno');
       await core.summary.addRaw('x'.repeat(1024 * 1024 + 1)).write();`,
    );
    const result = await runAction({ actionFolder, inputs: {} });
    expect(result.state).toEqual({ whole: 'yes' });
    expect(result.summary).toBe('');
    expect(result.annotations.map(({ message }) => message)).toEqual([
      expect.stringContaining('1024k'),
      expect.stringContaining('Matching delimiter not found'),
    ]);
  });
});

describe('post', () => {
  it('runs with the state of a main that was killed, without inputs if asked', async () => {
    const actionFolder = await makeAction(
      `core.saveState('token', 'abc'); core.info('ready'); ${FOR_EVER}`,
      `core.info(core.getState('token') + Object.keys(process.env).filter((name) => name.startsWith('INPUT_')).join());`,
    );
    const run = start({ actionFolder, inputs: { 'bitbucket-url': 'http://b' }, withoutInputsInPost: true });
    await run.waitForLine(/ready/);
    run.kill();
    const result = await run.finish();
    expect(result).toMatchObject({ exitCode: null, signal: 'SIGKILL', postLog: ['abc'], postExitCode: 0 });
  });

  it.each([
    { postIf: 'success()', post: [] },
    { postIf: 'failure()', post: ['post'] },
  ])('obeys post-if $postIf after a failure', async ({ postIf, post }) => {
    const actionFolder = await makeAction('process.exitCode = 1;', 'core.info("post")', postIf);
    const result = await runAction({ actionFolder, inputs: {} });
    expect(result.postLog).toEqual(post);
  });

  it('does not run when the runner service stopped', async () => {
    const actionFolder = await makeAction('core.info("main")', 'core.info("post")');
    const result = await runAction({ actionFolder, inputs: {}, skipPost: true });
    expect(result).toMatchObject({ log: ['main'], postLog: [], postExitCode: undefined });
  });
});

describe.concurrent('the end of main', () => {
  it('sends SIGINT to node alone and nothing more when that suffices', async () => {
    const actionFolder = await makeAction(
      `process.once('SIGINT', () => { core.info('got SIGINT'); process.exit(3); });
       const child = spawn('sleep', ['300'], { stdio: 'ignore' });
       core.info('child ' + child.pid); ${FOR_EVER}`,
    );
    const run = start({ actionFolder, inputs: {}, reapOrphans: true });
    const child = Number((await run.waitForLine(/^child/)).slice(6));
    expect(descendantsOf(run.pid)).toEqual([child]);
    expect(await run.cancel()).toEqual(['SIGINT']);
    expect(isRunning(child)).toBe(true);
    expect(processesWithEnvironment(run.marker)).toEqual([child]);
    const result = await run.finish();
    expect(result).toMatchObject({ exitCode: 3, log: [expect.anything(), 'got SIGINT'] });
    expect(isRunning(child)).toBe(false);
  });

  it('goes on to SIGTERM after 7.5 s and to SIGKILL after 2.5 s more', async () => {
    const actionFolder = await makeAction(
      `for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => core.info(signal + ' ' + Date.now()));
       core.info('ready'); ${FOR_EVER}`,
    );
    const run = start({ actionFolder, inputs: {} });
    await run.waitForLine(/ready/);
    expect(await run.cancel()).toEqual(['SIGINT', 'SIGTERM', 'SIGKILL']);
    const { log, endedAtMs, signal } = await run.finish();
    const [sigint = 0, sigterm = 0] = log.slice(1).map((line) => Number(line.split(' ')[1]));
    expect(signal).toBe('SIGKILL');
    expect(sigterm - sigint).toBeGreaterThan(7_300);
    expect(sigterm - sigint).toBeLessThan(9_500);
    expect(endedAtMs - sigterm).toBeGreaterThan(2_300);
    expect(endedAtMs - sigterm).toBeLessThan(4_500);
  });

  it('kills everything, an orphan in a session of its own included', async () => {
    const actionFolder = await makeAction(
      `const child = spawn('setsid', ['sh', '-c', 'sleep 300 & echo $!; wait'], { stdio: ['ignore', 'inherit', 'inherit'] });
       ${FOR_EVER}`,
    );
    const run = start({ actionFolder, inputs: {} });
    const orphan = Number(await run.waitForLine(/^\d+$/));
    run.kill();
    await run.mainEnded;
    expect(isRunning(orphan)).toBe(true);
    await run.killGroup();
    expect(isRunning(orphan)).toBe(false);
    expect((await run.finish()).outputWasHeld).toBe(false);
  });

  it('waits 5 s for a child that holds the output', async () => {
    const actionFolder = await makeAction(
      `spawn('sleep', ['60'], { stdio: 'inherit', detached: true }).unref(); core.info('done');`,
    );
    const run = start({ actionFolder, inputs: {} });
    const { endedAtMs } = await run.mainEnded;
    const result = await run.finish();
    expect(result).toMatchObject({ exitCode: 0, outputWasHeld: true, log: ['done'] });
    expect(Date.now() - endedAtMs).toBeGreaterThan(4_900);
  });

  it('tells who waits for a line that never comes', async () => {
    const actionFolder = await makeAction('core.info("last words");');
    const run = start({ actionFolder, inputs: {} });
    await expect(run.waitForLine(/never/)).rejects.toThrow(/last words/);
    await run.finish();
  });
});

it('removes its temporary folder and keeps a given one', async () => {
  const actionFolder = await makeAction('core.info(process.env.RUNNER_TEMP);');
  const own = await runAction({ actionFolder, inputs: {} });
  expect(existsSync(own.log[0] ?? '/')).toBe(false);
  const workFolder = join(actionFolder, 'work');
  const given = await runAction({ actionFolder, inputs: {}, workFolder });
  expect(given.log[0]).toBe(join(workFolder, '_temp'));
  expect(await readFile(join(workFolder, '_temp', 'event.json'), 'utf8')).toContain('schedule');
});
