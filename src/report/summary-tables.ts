/** The tables of the summary: parts, archive, steps, facts of the run. */
import { basename, dirname } from 'node:path';
import { formatBytes, formatCount, formatDuration, formatMoment } from './format.ts';
import { code, codeBlock, plain, table } from './markdown.ts';
import type { ArchiveReport, PartReport, RunReport } from './run-report.ts';
import { shellWord } from './shell-word.ts';
import type { Phase, Span, Timeline } from './timeline.ts';

/** Steps of one run; more are counted. */
const MOST_STEPS = 100;

const PHASES: { readonly [phase in Phase]: string } = {
  preflight: 'Checks (users working)',
  prepare: 'Prepare (users working)',
  locked: 'Locked (users locked out)',
  settle: 'Settle (users working)',
  archive: 'Archive (users working)',
  finish: 'Finish (users working)',
  check: 'Check',
  unpack: 'Unpack',
  load: 'Load',
  place: 'Put in place',
  release: 'Release',
};

const OUTCOMES: { readonly [outcome in Span['outcome']]: string } = {
  ok: 'done',
  failed: '**failed**',
  running: 'not finished',
};

const EMPTY = '–';

/** Of a search index that was left out, in backup and restore: nobody has to do anything about it. */
export const REBUILT = 'Bitbucket builds it anew by itself';

export function renderParts({ parts }: RunReport): string {
  return table(['Part', 'Strategy', 'Files', 'Size'], parts.map(partRow));
}

function partRow(part: PartReport): string[] {
  const name = plain(part.slot);
  if (!part.included) {
    const told = part.slot === 'search' ? REBUILT : '**not backed up**';
    return [name, `${code(part.strategy)}: ${told}`, EMPTY, EMPTY];
  }
  return [
    name,
    part.place === undefined ? code(part.strategy) : `${code(part.strategy)}: ${plain(part.place)}`,
    part.files === undefined ? EMPTY : formatCount(part.files),
    part.bytes === undefined ? EMPTY : formatBytes(part.bytes),
  ];
}

export function renderArchive({ archive, manifestPath, outcome, kind }: RunReport): string | undefined {
  if (archive === undefined) {
    return kind === 'backup' && outcome === 'success' ? 'No archive was asked for.' : undefined;
  }
  const rows = [
    ['Size', size(archive)],
    ['SHA-256', code(archive.sha256)],
    ...(manifestPath === undefined ? [] : [['Manifest', code(manifestPath)]]),
  ];
  const check = `cd -- ${shellWord(dirname(archive.path))} && sha256sum -c -- ${shellWord(`${basename(archive.path)}.sha256`)}`;
  return `${table(['File', code(archive.path)], rows)}\n\nTo check it:\n\n${codeBlock([check], 'sh')}`;
}

function size({ bytes, sourceBytes }: ArchiveReport): string {
  if (bytes === 0 || sourceBytes === 0) {
    return formatBytes(bytes);
  }
  return `${formatBytes(bytes)}, of ${formatBytes(sourceBytes)} (compressed ${(sourceBytes / bytes).toFixed(1)} : 1)`;
}

/** A bold row for every phase with the time from its first to its last moment, then its steps. */
export function renderSteps(timeline: Timeline): string {
  const nowMs = timeline.nowMs();
  const shown = timeline.spans.slice(0, MOST_STEPS);
  const rows = [...Map.groupBy(shown, (span) => span.phase)].flatMap(([phase, spans]) => [
    phaseRow(phase, spans, timeline),
    ...spans.map((span) => stepRow(span, timeline)),
  ]);
  const left = timeline.spans.length - shown.length;
  const rest = left > 0 ? [[`and ${formatCount(left)} more`, '', '', '']] : [];
  const total = ['**Total**', '', `**${formatDuration(nowMs - timeline.startedAtMs)}**`, ''];
  return table(['Step', 'Began after', 'Took', 'Outcome'], [...rows, ...rest, total]);
}

function phaseRow(phase: Phase, spans: readonly Span[], timeline: Timeline): string[] {
  const nowMs = timeline.nowMs();
  const startMs = Math.min(...spans.map((span) => span.startMs));
  const endMs = Math.max(...spans.map((span) => span.endMs ?? nowMs));
  return [
    `**${PHASES[phase]}**`,
    formatDuration(startMs - timeline.startedAtMs),
    `**${formatDuration(endMs - startMs)}**`,
    '',
  ];
}

function stepRow(span: Span, timeline: Timeline): string[] {
  return [
    plain(span.name),
    formatDuration(span.startMs - timeline.startedAtMs),
    formatDuration((span.endMs ?? timeline.nowMs()) - span.startMs),
    OUTCOMES[span.outcome],
  ];
}

export function renderFacts(report: RunReport): string {
  const { marks, startedAtMs } = report.timeline;
  const version = report.bitbucketVersion === undefined ? '' : ` (version ${plain(report.bitbucketVersion)})`;
  const moments: readonly (readonly [string, number | undefined])[] = [
    ['Run began', startedAtMs],
    ['Lock taken', marks.locked ?? report.lockTakenAtMs],
    ['Drained', marks.drained],
    ['Unlocked', marks.unlocked],
  ];
  return table(
    ['Instance', code(report.instanceName)],
    [
      ['Bitbucket', `${code(report.bitbucketUrl)}${version}`],
      ['Backup id', code(report.backupId)],
      ...moments.flatMap(([name, ms]) => (ms === undefined ? [] : [[name, formatMoment(ms)]])),
    ],
  );
}
