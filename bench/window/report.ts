/** Prints what was measured, and beside it what was to be reached. */
import { formatBytes, formatCount } from '../../src/report/format.ts';
import { DATABASE_UNIT_BYTES } from './database.ts';
import { FILES_PER_UNIT } from './home.ts';
import { type CaseResult, type Figures, type Growth, growthsOf } from './result.ts';

const NAME_WIDTH = 17;

export function printCase(result: CaseResult): void {
  const { files, bytes, classic, ours } = result;
  console.log(
    `\n  home of ${formatCount(files)} files (${formatBytes(bytes)}), database of ${databaseSize(result.database)}:`,
  );
  console.log(
    row('', [
      'locked',
      'after drain',
      'copy, dump',
      '+ archive',
      'node',
      'all processes',
      'after drain, rounds',
    ]),
  );
  console.log(row('classic sequence', cells(classic)));
  console.log(row('this action', cells(ours)));
  const ratios = [
    ours.lockedSeconds / classic.lockedSeconds,
    ours.afterDrainSeconds / classic.afterDrainSeconds,
    ours.secondsToArchive / classic.secondsToArchive,
    ours.seconds / classic.seconds,
  ];
  console.log(row('', ratios.map(fraction)));
}

export function printGrowth(results: readonly CaseResult[]): void {
  const growths = growthsOf(results);
  if (growths.length > 0) {
    console.log('\n  the time after the drain, when this doubles:');
  }
  for (const growth of growths) {
    const { what, from, to } = growth;
    const size = what === 'home' ? homeSize : databaseSize;
    const path = `${what}, ${size(from)} to ${size(to)}`;
    console.log(
      `    ${path.padEnd(40)} classic ${percent(growth.classic)}, this action ${percent(growth.ours)}`,
    );
  }
}

/** @param results the last is the one with the largest sizes, which the goals speak of */
export function printGoals(results: readonly CaseResult[], slow: boolean): void {
  const last = results.at(-1);
  if (last === undefined) {
    return;
  }
  const { classic, ours } = last;
  const atMost = slow ? 20 : 15;
  const ratio = ours.afterDrainSeconds / classic.afterDrainSeconds;
  console.log(`\n  goals, at ${homeSize(last.home)} and ${databaseSize(last.database)}:`);
  console.log(
    goal(
      `locked after the drain: ${fraction(ratio)} of the classic sequence`,
      `at most 1/${atMost}`,
      ratio <= 1 / atMost,
    ),
  );
  const databases = growthsOf(results).filter(({ what }) => what === 'database');
  if (databases.length > 0) {
    const worst = Math.max(...databases.map((growth: Growth) => growth.ours));
    console.log(
      goal(
        `when the database doubles the time after the drain grows by ${percent(worst)}`,
        'less than 10 %',
        worst < 0.1,
      ),
    );
  }
  console.log(
    goal(
      `peak memory of the action's node processes: ${formatBytes(ours.nodeMemory)}`,
      'at most 300 MB at 500,000 files',
      ours.nodeMemory <= 300_000_000,
    ),
  );
  console.log(
    goal(
      `in all ${time(ours.seconds)}, the classic sequence ${time(classic.seconds)}`,
      'not longer',
      ours.seconds <= classic.seconds,
    ),
  );
}

function cells(figures: Figures): readonly string[] {
  return [
    time(figures.lockedSeconds),
    time(figures.afterDrainSeconds),
    time(figures.secondsToArchive),
    time(figures.seconds),
    figures.nodeMemory === 0 ? '-' : formatBytes(figures.nodeMemory),
    formatBytes(figures.allMemory),
    figures.afterDrainRounds.map((seconds) => seconds.toFixed(2)).join(', '),
  ];
}

const CELL_WIDTHS = [9, 13, 12, 11, 11, 15, 0];

function row(name: string, values: readonly string[]): string {
  const last = CELL_WIDTHS.length - 1;
  const padded = values.map((value, index) =>
    index === last ? `   ${value}` : value.padStart(CELL_WIDTHS[index] ?? 0),
  );
  return `    ${name.padEnd(NAME_WIDTH)}${padded.join('')}`.trimEnd();
}

function goal(measured: string, wanted: string, reached: boolean): string {
  return `    ${reached ? 'reached' : 'MISSED '}  ${measured} (goal: ${wanted})`;
}

function time(seconds: number): string {
  return `${seconds.toFixed(seconds < 100 ? 2 : 0)} s`;
}

/** `1/18.3` of what is compared with, `1.20 times` what is compared with. */
function fraction(ratio: number): string {
  return ratio < 1 ? `1/${(1 / ratio).toFixed(1)}` : `${ratio.toFixed(2)} times`;
}

function percent(growth: number): string {
  return `${growth < 0 ? '-' : '+'}${Math.abs(growth * 100).toFixed(0)} %`;
}

function homeSize(scale: number): string {
  return `${formatCount(Math.round(scale * FILES_PER_UNIT))} files`;
}

function databaseSize(scale: number): string {
  return formatBytes(scale * DATABASE_UNIT_BYTES);
}
