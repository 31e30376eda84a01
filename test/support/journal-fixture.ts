/** A journal as a run would write it. */
import type { JournalEntry } from '../../src/host/journal-entry.ts';
import { ownIdentity, type ProcessIdentity } from '../../src/host/process-identity.ts';

export function journalEntry(overrides: Partial<JournalEntry> = {}): JournalEntry {
  return {
    formatVersion: 1,
    runId: 'a4b1c2d3-run',
    backupId: 'bitbucket-20261122-021305-000',
    instanceName: 'bitbucket',
    url: 'https://bitbucket.example.com',
    startedAt: '2026-11-22T02:13:05.000Z',
    process: ownIdentity(),
    lock: { phase: 'none' },
    partials: [],
    ...overrides,
  };
}

/** A process that certainly is no more: ours, had it started before the machine did. */
export function deadProcess(): ProcessIdentity {
  return { ...ownIdentity(), startTicks: '1' };
}
