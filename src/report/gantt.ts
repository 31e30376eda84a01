/** The timeline as a mermaid gantt chart, with the time in which users were locked out as a red bar of its own. */
import { codeBlock } from './markdown.ts';
import { formatDuration } from './format.ts';
import type { Phase, Span, Timeline } from './timeline.ts';

/** More bars than this are unreadable; GitHub also refuses a chart of more than 50,000 characters. */
const MOST_BARS = 40;

const SECTIONS: { readonly [phase in Phase]: string } = {
  preflight: 'Checks',
  prepare: 'Prepare',
  locked: 'Locked',
  settle: 'Settle',
  archive: 'Archive',
  finish: 'Finish',
  check: 'Check',
  unpack: 'Unpack',
  load: 'Load',
  place: 'Put in place',
  release: 'Release',
};

/** Left to itself, mermaid writes the same second at several ticks, or the labels over each other. */
const MOST_TICKS = 8;
const LARGEST_TICK = [86_400_000, '1day'] as const;
const TICKS: readonly (readonly [ms: number, interval: string])[] = [
  [50, '50millisecond'],
  [200, '200millisecond'],
  [500, '500millisecond'],
  [1_000, '1second'],
  [2_000, '2second'],
  [5_000, '5second'],
  [15_000, '15second'],
  [30_000, '30second'],
  [60_000, '1minute'],
  [120_000, '2minute'],
  [300_000, '5minute'],
  [900_000, '15minute'],
  [1_800_000, '30minute'],
  [3_600_000, '1hour'],
  [10_800_000, '3hour'],
  [21_600_000, '6hour'],
];

/** Mermaid reads these as statements at the beginning of a line, whatever follows (its gantt.jison). */
const STATEMENTS =
  /^(?:gantt|section|title|dateformat|axisformat|tickinterval|includes|excludes|todaymarker|topaxis|inclusiveenddates|weekday|weekend|click|call|href|acctitle|accdescr|accdescription)\b|^\d/i;

/** Undefined when there is nothing to draw. */
export function renderGantt(timeline: Timeline): string | undefined {
  const spans = longest(timeline.spans, timeline.nowMs());
  if (spans.length === 0) {
    return undefined;
  }
  const bars = new Bars(timeline);
  const lines = ['gantt', 'dateFormat x', ...bars.axis(), 'todayMarker off', ...bars.ofLock()];
  let section: Phase | undefined;
  for (const span of spans) {
    if (span.phase !== section) {
      section = span.phase;
      lines.push(`section ${SECTIONS[section]}`);
    }
    lines.push(bars.ofSpan(span));
  }
  return codeBlock(lines, 'mermaid');
}

function axisFormat(tickMs: number): string {
  if (tickMs < 1_000) {
    return '%H:%M:%S.%L';
  }
  if (tickMs < 60_000) {
    return '%H:%M:%S';
  }
  return tickMs < 86_400_000 ? '%H:%M' : '%d %b';
}

function longest(spans: readonly Span[], nowMs: number): Span[] {
  const duration = (span: Span): number => (span.endMs ?? nowMs) - span.startMs;
  const kept = new Set([...spans].sort((a, b) => duration(b) - duration(a)).slice(0, MOST_BARS));
  return spans.filter((span) => kept.has(span));
}

class Bars {
  readonly #timeline: Timeline;
  readonly #nowMs: number;
  readonly #shortestMs: number;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
    this.#nowMs = timeline.nowMs();
    // A bar of no width cannot be seen.
    this.#shortestMs = Math.max(1, (this.#nowMs - timeline.startedAtMs) / 200);
  }

  /** Times are those of the reader's own clock, as in GitHub's log view. */
  axis(): string[] {
    const totalMs = this.#nowMs - this.#timeline.startedAtMs;
    const [ms, interval] = TICKS.find(([tickMs]) => totalMs / tickMs <= MOST_TICKS) ?? LARGEST_TICK;
    return [`axisFormat ${axisFormat(ms)}`, `tickInterval ${interval}`];
  }

  ofSpan(span: Span): string {
    const endMs = span.endMs ?? this.#nowMs;
    const took = formatDuration(endMs - span.startMs);
    switch (span.outcome) {
      case 'ok':
        return this.#bar(`${span.name} ${took}`, 'done, ', span.startMs, endMs);
      case 'failed':
        return this.#bar(`${span.name} failed after ${took}`, 'crit, done, ', span.startMs, endMs);
      case 'running':
        return this.#bar(`${span.name} ${took}`, 'active, ', span.startMs, endMs);
    }
  }

  ofLock(): string[] {
    const { marks } = this.#timeline;
    const startMs = marks['lock-requested'] ?? marks.locked;
    if (marks.locked === undefined || startMs === undefined) {
      return [];
    }
    const endMs = marks.unlocked ?? this.#nowMs;
    const drainedMs = marks.drained ?? endMs;
    const lines = ['section Users', this.#lockBar('locked out until drained', startMs, drainedMs)];
    if (marks.drained !== undefined) {
      lines.push(this.#lockBar('locked out after drain', drainedMs, endMs));
    }
    return lines;
  }

  #lockBar(name: string, startMs: number, endMs: number): string {
    return this.#bar(`${name} ${formatDuration(endMs - startMs)}`, 'crit, ', startMs, endMs);
  }

  #bar(name: string, tags: string, startMs: number, endMs: number): string {
    const end = Math.max(endMs, startMs + this.#shortestMs);
    return `${barName(name)} :${tags}${Math.round(startMs)}, ${Math.round(end)}`;
  }
}

/** Letters, digits, space, dot and dash: anything else may be syntax to one version of mermaid or another. */
function barName(name: string): string {
  const harmless = name
    .replace(/[^A-Za-z0-9 .-]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 80);
  return STATEMENTS.test(harmless) || harmless === '' ? `Step ${harmless}`.trim() : harmless;
}
