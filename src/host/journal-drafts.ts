/** What runs that were killed while they wrote or removed their journal have left beside it. */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type JournalEntry, parseJournal } from './journal-entry.ts';
import { readPrivateFile } from './private-file.ts';
import { livenessOf } from './process-identity.ts';

/** A run names both after itself: what is to become the journal, and what it was. */
const LEFT_OVER = /^\.([0-9a-f-]{36})\.(?:new|over)$/;
/** Nobody writes a journal for as long as this. */
const WRITING_MS = 5 * 60_000;

/** Removes those of dead runs; one that may belong to a run that lives is left alone. */
export function sweepJournalDrafts(journal: string): void {
  const [folder, name] = [dirname(journal), basename(journal)];
  for (const sibling of readdirSync(folder).filter((each) => each.startsWith(`${name}.`))) {
    const runId = LEFT_OVER.exec(sibling.slice(name.length))?.[1];
    const path = join(folder, sibling);
    if (runId !== undefined && isLeftOver(path, runId)) {
      rmSync(path, { force: true });
    }
  }
}

function isLeftOver(path: string, runId: string): boolean {
  const entry = entryIn(path);
  if (entry === undefined) {
    const age = statSync(path, { throwIfNoEntry: false });
    return age !== undefined && Date.now() - age.mtimeMs > WRITING_MS;
  }
  // Another run's journal under this name is a claim that somebody was about to put back.
  return entry.runId === runId && livenessOf(entry.process) === 'dead';
}

/** @returns undefined for one that is cut short, or that anybody could have written */
function entryIn(path: string): JournalEntry | undefined {
  try {
    return parseJournal(readPrivateFile(path) ?? '', path);
  } catch {
    return undefined;
  }
}
