/**
 * The sequence of a restore, and nothing else. Until the archive is checked to its last byte nothing is written; until all
 * of it is unpacked, loaded and verified nothing has its final name.
 */
import { mkdir } from 'node:fs/promises';
import { ActionError, asError } from '../errors.ts';
import { removeTree } from '../host/remove-tree.ts';
import { formatBytes, formatCount } from '../report/format.ts';
import { readManifest } from '../report/manifest-reader.ts';
import type { Manifest } from '../report/manifest-type.ts';
import type { RestoredPart } from '../strategies/restore.ts';
import { chooseDatabaseRestore } from './auto/auto-restore.ts';
import { assertConsistent, sum } from './archived-parts.ts';
import { claimRestore, closeRestoreJournal } from './restore-claim.ts';
import { archivedTrees, refuseOutsideLinks } from './outside-links.ts';
import { refuseWhileRunning, restorePreflight, restoreSpace } from './restore-preflight.ts';
import { restorePlan } from './restore-plan.ts';
import { recoverRestores } from './restore-recover.ts';
import { isNone, type RestoreRun, unpackFolder, workplaceOf } from './restore-run.ts';
import { UndoStack } from './undo.ts';
import { unpackAndLoad } from './unpack-and-load.ts';

/** @throws the first error. By then everything this run made is removed; `run.found` tells what could not be. */
export async function restore(run: RestoreRun): Promise<void> {
  const { options, found, timeline, archive, log } = run;
  if (options.bitbucket !== undefined) {
    await timeline.span('check', 'look for Bitbucket', async () => await refuseWhileRunning(run));
  }
  await recoverRestores(run);
  found.source = await archive.open(options.archive);
  try {
    await check(run);
    if (options.dryRun) {
      found.plan = await restorePlan(run);
      return;
    }
    await carryOut(run);
    log.info('The restore is complete');
  } finally {
    await found.source.close();
  }
}

async function check(run: RestoreRun): Promise<void> {
  const { found, timeline, interruption, log, strategies } = run;
  const { signal } = interruption;
  const source = sourceOf(run);
  log.info(`Restoring '${source.path}', ${formatBytes(source.bytes)}`);
  await timeline.span('check', 'check targets', async () => {
    const peeked = await source.peekManifest(signal);
    const manifest = peeked === undefined || peeked === '' ? undefined : readManifest(peeked);
    if (manifest !== undefined) {
      await chooseDatabaseRestore(run, manifest);
    }
    await restorePreflight(run, manifest);
  });
  const contents = await timeline.span(
    'check',
    'check archive',
    async () => await source.verify(archivedTrees(run), signal),
  );
  found.contents = contents;
  const all = [...contents.counts.values()];
  log.info(
    `Checked the archive: ${formatCount(sum(all, 'files'))} files, ${formatBytes(sum(all, 'bytes'))}${contents.sha256 === undefined ? '' : `, SHA-256 ${contents.sha256}`}`,
  );
  const text = await source.readManifest(contents, signal);
  const manifest = text === undefined ? undefined : readManifest(text);
  if (manifest !== undefined) {
    found.manifest = manifest;
  }
  requireChecksum(run, manifest);
  await chooseDatabaseRestore(run, manifest);
  assertConsistent(source, contents, manifest, Object.values(strategies));
  refuseOutsideLinks(run, contents);
  // Looked at again: since the first look hours may have passed, and now it is known what the archive holds.
  await timeline.span('check', 'check targets again', async () => {
    await restorePreflight(run, manifest ?? null);
    await restoreSpace(run, await workplaceOf(run));
  });
}

/** Ours always have one; those of Atlassian's scripts never do. */
function requireChecksum({ found, log }: RestoreRun, manifest: Manifest | undefined): void {
  if (found.contents?.sha256 !== undefined) {
    return;
  }
  const path = found.source?.path ?? '';
  if (manifest !== undefined) {
    throw new ActionError('ARCHIVE_CORRUPT', `The archive ${path} has no checksum file beside it.`, {
      advice: `Copy ${path}.sha256 along; if it is lost and you trust the archive, make it with sha256sum.`,
    });
  }
  log.warning(
    `The archive ${path} has neither a checksum nor a manifest, as those of Atlassian's scripts: that it is whole shows only in its compression.`,
  );
}

async function carryOut(run: RestoreRun): Promise<void> {
  const { found, log, commands } = run;
  const place = await workplaceOf(run);
  const undo = new UndoStack(log);
  try {
    claimRestore(run, place);
    const unpacked = unpackFolder(place, run.runId);
    found.unpacked = unpacked;
    undo.push('unpacked archive removed', async () => await removeTree(commands, unpacked));
    found.journal?.update({ partials: [unpacked] });
    await mkdir(unpacked, { mode: 0o700 });
    const { contents } = found;
    if (contents === undefined) {
      throw new TypeError('The archive is checked before it is unpacked.');
    }
    await unpackAndLoad(run, { source: sourceOf(run), contents, unpacked, undo });
    await putInPlace(run, unpacked);
  } catch (error) {
    const report = await undo.unwind();
    found.undone = report.undone;
    found.undoFailures = report.failures;
    throw error;
  } finally {
    closeRestoreJournal(run);
  }
}

/** Quick: from here on there is nothing left that could be wrong with the archive. */
async function putInPlace(run: RestoreRun, unpacked: string): Promise<void> {
  const { found, timeline, strategies, commands, interruption, log } = run;
  const nothing: RestoredPart = { place: 'not restored', counts: [], todo: [] };
  const { home, database, search } = strategies;
  await timeline.span('place', 'flush to disk', async () => {
    await commands.run('sync', ['--file-system', '--', unpacked], { signal: interruption.signal });
  });
  interruption.signal.throwIfAborted();
  const placedHome = isNone(home)
    ? nothing
    : await timeline.span('place', 'put home in place', async () => await home.complete());
  const placedDatabase = isNone(database)
    ? nothing
    : await timeline.span('place', 'complete database', async () => await database.complete());
  const placedSearch = isNone(search)
    ? nothing
    : await timeline.span('place', 'complete search index', async () => await search.complete());
  found.parts = { home: placedHome, database: placedDatabase, search: placedSearch };
  // Whatever ends the run from here on: nothing of this may be taken back by the next one.
  found.journal?.update({ restore: { placed: [] } });
  await removeTree(commands, unpacked).catch((error: unknown) => {
    // What was restored is whole and in its place; it must not be taken back for a folder that is left over.
    log.warning(`${unpacked} could not be removed: ${asError(error).message} Remove it by hand.`);
  });
}

function sourceOf({ found }: RestoreRun): NonNullable<RestoreRun['found']['source']> {
  if (found.source === undefined) {
    throw new TypeError('The archive is opened first.');
  }
  return found.source;
}
