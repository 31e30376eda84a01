/** The job summary: read by an administrator at 3 a.m., so what needs a hand comes first and details come last. */
import { renderGantt } from './gantt.ts';
import { renderRelease } from './manual-release.ts';
import { bulletList, code, plain } from './markdown.ts';
import type { RunReport } from './run-report.ts';
import { joinSections, section } from './sections.ts';
import { lockSentence } from './states.ts';
import { renderFailure } from './summary-failure.ts';
import { headline } from './summary-headline.ts';
import { renderArchive, renderFacts, renderParts, renderSteps } from './summary-tables.ts';

/** @returns markdown for GITHUB_STEP_SUMMARY. Give it a report that `redactReport` has cleaned of secrets. */
export function renderSummary(report: RunReport): string {
  return joinSections([
    ...urgentRelease(report),
    headline(report),
    section('What failed', renderFailure(report)),
    section('Plan', report.plan === undefined ? undefined : bulletList(report.plan, plain, 200)),
    section(partsTitle(report), report.parts.length === 0 ? undefined : renderParts(report)),
    section('Archive', renderArchive(report)),
    section('Warnings', listed(report.warnings)),
    section('Where the time went', timelineOf(report)),
    section('Removed backups', pruned(report)),
    section('Run', renderFacts(report)),
    foldedRelease(report),
  ]);
}

function mayBeLocked({ lockState }: RunReport): boolean {
  return lockState === 'still-locked' || lockState === 'unknown';
}

function urgentRelease(report: RunReport): string[] {
  return mayBeLocked(report)
    ? [
        `# 🚨 ${plain(lockSentence(report))}`,
        `## Check and unlock Bitbucket by hand\n\n${renderRelease(report) ?? ''}`,
      ]
    : [];
}

function foldedRelease(report: RunReport): string | undefined {
  return mayBeLocked(report) ? undefined : renderRelease(report);
}

function listed(texts: readonly string[]): string {
  return bulletList(texts);
}

/** What a failed run copied is no backup. */
function partsTitle({ outcome }: RunReport): string {
  return outcome === 'success' ? 'What was backed up' : 'What was to be backed up';
}

function timelineOf(report: RunReport): string | undefined {
  const chart = renderGantt(report.timeline);
  return chart === undefined ? undefined : `${chart}\n\n${renderSteps(report.timeline)}`;
}

function pruned(report: RunReport): string | undefined {
  return report.pruned.length === 0
    ? undefined
    : `Older ones of this instance, which <code>keep-backups</code> asks for no longer:\n\n${bulletList(report.pruned, code)}`;
}
