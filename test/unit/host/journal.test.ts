import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  alreadyRunning,
  Journal,
  journalPath,
  livenessOfRun,
  readJournal,
  removeJournal,
} from '../../../src/host/journal.ts';
import type { JournalEntry } from '../../../src/host/journal-entry.ts';
import { failureIn } from '../../support/failure.ts';
import { deadProcess, journalEntry } from '../../support/journal-fixture.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let root: string;

beforeEach(() => {
  root = temporaryFolder();
});

function claim(entry: JournalEntry = journalEntry()): Journal {
  const journal = Journal.claim(root, entry);
  onTestFinished(() => journal.abandon());
  return journal;
}

describe('claiming', () => {
  test('the journal is on disk, only we may read it, and it is read back', () => {
    const journal = claim();
    expect(journal.path).toBe(`${root}/.journal.json`);
    expect(statSync(journal.path).mode & 0o777).toBe(0o600);
    expect(readJournal(root)).toEqual(journal.entry);
  });

  test('a second run is told who the first one is, and changes nothing', () => {
    const first = claim();
    const error = failureIn(() => Journal.claim(root, journalEntry({ runId: 'second' })));
    expect(error.code).toBe('ALREADY_RUNNING');
    expect(error.message).toBe(
      `Backup bitbucket-20261122-021305-000 (process ${process.pid} on ${first.entry.process.hostname}) has been using ${root} since 2026-11-22T02:13:05.000Z.`,
    );
    expect(error.message).toBe(alreadyRunning(root, first.entry).message);
    expect(readJournal(root)?.runId).toBe(first.entry.runId);
  });

  test('of many at once exactly one wins', () => {
    const results = Array.from({ length: 20 }, (_, index) => {
      try {
        claim(journalEntry({ runId: `run-${index}` }));
        return 'won';
      } catch {
        return 'lost';
      }
    });
    expect(results.filter((result) => result === 'won')).toHaveLength(1);
    expect(readdirSync(root)).toEqual(['.journal.json']);
  });
});

describe('updating', () => {
  test('what changes is on disk when the call returns, the rest stays', () => {
    const journal = claim();
    const lock = { phase: 'locked', unlockToken: 'a'.repeat(40) } as const;
    journal.update({ partials: ['/backup/.x.partial-1'] });
    journal.update({ lock });
    expect(readJournal(root)).toEqual({ ...journalEntry(), lock, partials: ['/backup/.x.partial-1'] });
  });
});

describe('the end', () => {
  test('a run that is over takes its journal away, and doing so again is no error', () => {
    const journal = claim();
    journal.remove();
    expect(readdirSync(root)).toEqual([]);
    journal.remove();
  });

  test('a journal that is abandoned stays', () => {
    claim().abandon();
    expect(readJournal(root)?.runId).toBe(journalEntry().runId);
  });

  test('the claim of another run that took over meanwhile stands', () => {
    const first = claim();
    removeJournal(journalPath(root), first.entry.runId);
    const second = claim(journalEntry({ runId: 'second' }));
    first.remove();
    expect(readJournal(root)).toEqual(second.entry);
    expect(readdirSync(root)).toEqual(['.journal.json']);
  });

  test('the claim of a run that nobody named is put back', () => {
    const second = claim(journalEntry({ runId: 'second' }));
    removeJournal(journalPath(root), 'first');
    expect(readJournal(root)).toEqual(second.entry);
    expect(readdirSync(root)).toEqual(['.journal.json']);
  });

  test('a damaged journal is not removed by anybody who has not read it', () => {
    const path = journalPath(root);
    writeFileSync(path, 'damaged', { mode: 0o600 });
    expect(failureIn(() => removeJournal(path, 'run')).code).toBe('UNSAFE_STATE');
    expect(existsSync(path)).toBe(true);
  });
});

describe('what a killed run has left beside the journal', () => {
  const KILLED = '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed';
  const leave = (ending: string, content: string): string => {
    const path = `${journalPath(root)}.${KILLED}.${ending}`;
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  };
  const of = (overrides: Partial<JournalEntry>): string =>
    JSON.stringify(journalEntry({ runId: KILLED, ...overrides }));

  test('goes with its journal, half-written or not', () => {
    const journal = claim(journalEntry({ runId: KILLED }));
    leave('new', '{"half":');
    journal.remove();
    expect(readdirSync(root)).toEqual([]);
  });

  test.each(['new', 'over'])(
    'is removed by the next run that has no journal to know it from (%s)',
    (ending) => {
      leave(ending, of({ process: deadProcess() }));
      claim();
      expect(readdirSync(root)).toEqual(['.journal.json']);
    },
  );

  test('is left alone when its run lives', () => {
    const draft = leave('new', of({}));
    claim();
    expect(existsSync(draft)).toBe(true);
  });

  test('is left alone when it is the claim of another', () => {
    const aside = leave('over', of({ runId: 'another', process: deadProcess() }));
    claim();
    expect(existsSync(aside)).toBe(true);
  });

  test('is left alone when it cannot be read, until nobody can be writing it any more', () => {
    const draft = leave('new', '');
    claim().remove();
    expect(existsSync(draft)).toBe(true);
    const longAgo = new Date(Date.now() - 6 * 60_000);
    utimesSync(draft, longAgo, longAgo);
    claim();
    expect(existsSync(draft)).toBe(false);
  });

  test('is not taken for anything else', () => {
    const file = `${journalPath(root)}.notes`;
    writeFileSync(file, of({ process: deadProcess() }));
    claim();
    expect(existsSync(file)).toBe(true);
  });
});

describe('the heartbeat', () => {
  test('beats until the run is over', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const journal = claim();
    const longAgo = new Date(Date.now() - 3_600_000);
    const age = (): number => Date.now() - statSync(journal.path).mtimeMs;
    utimesSync(journal.path, longAgo, longAgo);
    vi.advanceTimersByTime(15_000);
    await vi.waitFor(() => expect(age()).toBeLessThan(60_000), 10_000);
    journal.abandon();
    utimesSync(journal.path, longAgo, longAgo);
    vi.advanceTimersByTime(60_000);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(age()).toBeGreaterThan(3_000_000);
  });
});

describe('who lives', () => {
  test('our own run does, one whose process is gone does not', () => {
    claim();
    expect(livenessOfRun(root, journalEntry())).toBe('alive');
    expect(livenessOfRun(root, journalEntry({ process: deadProcess() }))).toBe('dead');
  });

  test('a run on another machine lives as long as its heart beats', () => {
    const elsewhere = journalEntry({ process: { ...deadProcess(), hostname: 'elsewhere' } });
    const { path } = claim(elsewhere);
    expect(livenessOfRun(root, elsewhere)).toBe('alive');
    const silent = new Date(Date.now() - 6 * 60_000);
    utimesSync(path, silent, silent);
    expect(livenessOfRun(root, elsewhere)).toBe('dead');
    const justNow = new Date(Date.now() - 4 * 60_000);
    utimesSync(path, justNow, justNow);
    expect(livenessOfRun(root, elsewhere)).toBe('alive');
  });
});

describe('a journal of another name', () => {
  const NAME = '.bitbucket-restore.home.journal.json';
  const restore = journalEntry({ runId: 'restoring', restore: { placed: [] } });

  function claimNamed(entry: JournalEntry = restore): Journal {
    const journal = Journal.claim(root, entry, NAME);
    onTestFinished(() => journal.abandon());
    return journal;
  }

  test('stands beside that of a backup, and neither is taken for the other', () => {
    const backup = claim();
    const named = claimNamed();
    expect(named.path).toBe(journalPath(root, NAME));
    expect(readdirSync(root).toSorted()).toEqual([NAME, '.journal.json']);
    expect(readJournal(root)).toEqual(backup.entry);
    expect(readJournal(root, NAME)).toEqual(named.entry);
    named.remove();
    expect(readdirSync(root)).toEqual(['.journal.json']);
    expect(readJournal(root, NAME)).toBeUndefined();
  });

  test('is claimed once, and the second is told what the first does', () => {
    claimNamed();
    const error = failureIn(() => Journal.claim(root, journalEntry({ runId: 'second' }), NAME));
    expect(error.code).toBe('ALREADY_RUNNING');
    expect(error.message).toMatch(
      /^A restore of bitbucket-20261122-021305-000 \(process \d+ on .*\) has been using /,
    );
    expect(error.advice).not.toContain('backup-root');
    expect(readJournal(root, NAME)?.runId).toBe('restoring');
  });

  test('keeps what the restore has made, as it makes it', () => {
    const journal = claimNamed();
    const made = { placed: [{ path: '/var/bitbucket', existed: false, entries: ['shared'] }] };
    journal.update({ restore: made });
    expect(readJournal(root, NAME)).toEqual({ ...restore, restore: made });
  });

  test('tells by its own age whether its run lives', () => {
    claim();
    const elsewhere = { ...restore, process: { ...deadProcess(), hostname: 'elsewhere' } };
    const { path } = claimNamed(elsewhere);
    const silent = new Date(Date.now() - 6 * 60_000);
    expect(livenessOfRun(root, elsewhere, NAME)).toBe('alive');
    utimesSync(path, silent, silent);
    expect(livenessOfRun(root, elsewhere, NAME)).toBe('dead');
  });
});

test('where there is no journal, there is none', () => {
  expect(readJournal(root)).toBeUndefined();
});
