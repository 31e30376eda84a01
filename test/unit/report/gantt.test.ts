import { expect, test } from 'vitest';
import { renderGantt } from '../../../src/report/gantt.ts';
import type { Timeline } from '../../../src/report/timeline.ts';
import { fakeClock, STARTED_AT, usualTimeline } from './fake-run.ts';

function lines(timeline: Timeline): string[] {
  return (renderGantt(timeline) ?? '').split('\n');
}

const BAR = /^([A-Za-z0-9 .-]+) :(?:(crit|done|active|crit, done), )?(\d+), (\d+)$/;

function bars(timeline: Timeline): RegExpExecArray[] {
  return lines(timeline)
    .map((line) => BAR.exec(line))
    .filter((bar) => bar !== null);
}

test('the chart has a bar for every step, by phase, and red ones for the locked window', async () => {
  const timeline = await usualTimeline();
  expect(lines(timeline)).toEqual([
    '```mermaid',
    'gantt',
    'dateFormat x',
    'axisFormat %H:%M:%S',
    'tickInterval 15second',
    'todayMarker off',
    'section Users',
    `locked out until drained 0.9 s :crit, ${STARTED_AT + 20_200}, ${STARTED_AT + 21_100}`,
    `locked out after drain 0.9 s :crit, ${STARTED_AT + 21_100}, ${STARTED_AT + 22_000}`,
    'section Checks',
    // Too short to be seen: drawn with 1/200 of the run.
    `check home 0.2 s :done, ${STARTED_AT}, ${STARTED_AT + 210}`,
    'section Prepare',
    `first copy 20 s :done, ${STARTED_AT + 200}, ${STARTED_AT + 20_200}`,
    'section Locked',
    `lock 0.1 s :done, ${STARTED_AT + 20_200}, ${STARTED_AT + 20_410}`,
    `drain 0.8 s :done, ${STARTED_AT + 20_300}, ${STARTED_AT + 21_100}`,
    `capture home 0.9 s :done, ${STARTED_AT + 21_100}, ${STARTED_AT + 21_950}`,
    `unlock 50 ms :done, ${STARTED_AT + 21_950}, ${STARTED_AT + 22_160}`,
    'section Settle',
    `dump 5.0 s :done, ${STARTED_AT + 22_000}, ${STARTED_AT + 27_000}`,
    'section Archive',
    `tar 15 s :done, ${STARTED_AT + 27_000}, ${STARTED_AT + 42_000}`,
    '```',
  ]);
});

test.each([
  [350, '%H:%M:%S.%L', '50millisecond'],
  [3_000, '%H:%M:%S.%L', '500millisecond'],
  [4_500, '%H:%M:%S', '1second'],
  [125_000, '%H:%M:%S', '30second'],
  [3 * 3_600_000, '%H:%M', '30minute'],
  [20 * 86_400_000, '%d %b', '1day'],
])('a run of %d ms gets a readable axis', async (ms, format, interval) => {
  const run = fakeClock();
  await run.step('archive', 'tar', ms);
  expect(lines(run.timeline)).toContain(`axisFormat ${format}`);
  expect(lines(run.timeline)).toContain(`tickInterval ${interval}`);
});

test.each([
  'title of a step',
  'SECTION two',
  'click here',
  '2026-11-22 copy',
  'a: crit, 0, 1',
  'x\nsection forged',
  '%%{init: {}}%%',
  '`` ` ```',
  '#;<b>"',
  '',
])('a step named %j stays a bar', async (name) => {
  const run = fakeClock();
  await run.step('settle', name, 1_000);
  const body = lines(run.timeline);
  expect(body.filter((line) => line.startsWith('section'))).toEqual(['section Settle']);
  expect(bars(run.timeline)).toHaveLength(1);
  expect(body).toHaveLength(9);
  expect(bars(run.timeline)[0]?.[1]).not.toMatch(/^(?:title|section|click|\d)/i);
});

test('steps that failed or never ended are told apart', async () => {
  const run = fakeClock();
  await run.failingStep('locked', 'capture', 1_000);
  const hanging = run.timeline.span('finish', 'report', () => new Promise<void>(() => undefined));
  run.pass(500);
  expect(bars(run.timeline).map(([, name, tag]) => [name, tag])).toEqual([
    ['capture failed after 1.0 s', 'crit, done'],
    ['report 0.5 s', 'active'],
  ]);
  expect(hanging).toBeInstanceOf(Promise);
});

test('a lock that is still held is drawn until now', () => {
  const run = fakeClock();
  run.timeline.mark('lock-requested');
  run.timeline.mark('locked');
  const hanging = run.timeline.span('locked', 'drain', () => new Promise<void>(() => undefined));
  run.pass(60_000);
  expect(lines(run.timeline)).toContain(
    `locked out until drained 1 min :crit, ${STARTED_AT}, ${STARTED_AT + 60_000}`,
  );
  expect(hanging).toBeInstanceOf(Promise);
});

test('of very many steps the longest are drawn, and a run without steps has no chart', async () => {
  const run = fakeClock();
  expect(renderGantt(run.timeline)).toBeUndefined();
  for (let step = 1; step <= 300; step += 1) {
    await run.step('settle', `step ${step}`, step);
  }
  const drawn = bars(run.timeline).map(([, name]) => name?.split(' ').slice(0, 2).join(' '));
  expect(drawn).toHaveLength(40);
  expect(drawn[0]).toBe('step 261');
  expect(drawn.at(-1)).toBe('step 300');
});
