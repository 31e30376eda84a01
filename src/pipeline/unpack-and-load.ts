/**
 * Unpacks the parts of an archive and restores them to where they are not in their place yet. A database that is loaded keeps
 * its server busy, a home that is unpacked the disk: where the dump comes ahead of the home, both are done at once.
 */
import type { Contents } from '../archive/member-check.ts';
import { comeAhead } from '../archive/members-ahead.ts';
import type { RestoreSource } from '../archive/restore-source.ts';
import { flushingMeanwhile } from '../host/background-flush.ts';
import { sideBySide } from '../host/side-by-side.ts';
import { archivedPart } from './archived-parts.ts';
import { fitHome } from './fit-home.ts';
import { isNone, type RestoreRun, type RestoreSlot } from './restore-run.ts';
import type { UndoStack } from './undo.ts';

export interface Unpacking {
  readonly source: RestoreSource;
  readonly contents: Contents;
  /** Where to. */
  readonly unpacked: string;
  readonly undo: UndoStack;
}

export async function unpackAndLoad(run: RestoreRun, unpacking: Unpacking): Promise<void> {
  const { home, database } = run.strategies;
  const isDumpAhead =
    !isNone(home) &&
    !isNone(database) &&
    database.members.length > 0 &&
    comeAhead(unpacking.contents, database.members, home.members);
  await (isDumpAhead ? loadMeanwhile(run, unpacking) : loadAfterwards(run, unpacking));
}

async function loadMeanwhile(run: RestoreRun, unpacking: Unpacking): Promise<void> {
  const { interruption, strategies } = run;
  const { home, database } = strategies;
  await unpack(run, unpacking, { name: 'unpack dump', members: database.members }, interruption.signal);
  pushUndo(run, unpacking);
  await sideBySide(interruption.signal, [
    async (signal) => await restorePart(run, 'database', unpacking, signal),
    async (signal) => await restoreSearch(run, unpacking, signal),
    async (signal) => {
      await unpack(run, unpacking, { name: 'unpack home', members: home.members }, signal);
      await fitHome(run, unpacking.unpacked);
      await restorePart(run, 'home', unpacking, signal);
    },
  ]);
}

async function loadAfterwards(run: RestoreRun, unpacking: Unpacking): Promise<void> {
  const { interruption, strategies } = run;
  const members = Object.values(strategies).flatMap((strategy) => strategy.members);
  await unpack(run, unpacking, { name: 'unpack archive', members }, interruption.signal);
  await fitHome(run, unpacking.unpacked);
  pushUndo(run, unpacking);
  const { database } = strategies;
  if (!isNone(database) && database.members.length === 0) {
    // It lies in the home, and looks at that before it is moved.
    await restorePart(run, 'database', unpacking, interruption.signal);
    await restorePart(run, 'home', unpacking, interruption.signal);
    await restoreSearch(run, unpacking, interruption.signal);
    return;
  }
  await sideBySide(
    interruption.signal,
    (['database', 'home', 'search'] as const)
      .filter((slot) => !isNone(strategies[slot]))
      .map((slot) => async (signal) => await restorePart(run, slot, unpacking, signal)),
  );
}

async function unpack(
  { timeline, commands, log }: RestoreRun,
  { source, contents, unpacked }: Unpacking,
  { name, members }: { readonly name: string; readonly members: readonly string[] },
  signal: AbortSignal,
): Promise<void> {
  await timeline.span(
    'unpack',
    name,
    async () =>
      await flushingMeanwhile(
        commands,
        unpacked,
        async () => await source.unpack(members, unpacked, { contents, signal }),
      ),
  );
  log.info(`Unpacked ${members.join(', ')} into '${unpacked}'`);
}

function pushUndo({ strategies }: RestoreRun, { undo }: Unpacking): void {
  const { home, database, search } = strategies;
  if (!isNone(search)) {
    undo.push('restored search index removed', async () => await search.discard());
  }
  undo.push('restored database removed', async () => await database.discard());
  undo.push('restored home removed', async () => await home.discard());
}

/** Its server reads the snapshot by itself: nothing of it lies in the archive. */
async function restoreSearch(run: RestoreRun, unpacking: Unpacking, signal: AbortSignal): Promise<void> {
  if (!isNone(run.strategies.search)) {
    await restorePart(run, 'search', unpacking, signal);
  }
}

async function restorePart(
  { found, timeline, strategies, log }: RestoreRun,
  slot: RestoreSlot,
  { unpacked }: Unpacking,
  signal: AbortSignal,
): Promise<void> {
  await timeline.span(
    'load',
    `restore ${slot}`,
    async () => await strategies[slot].restore(archivedPart(found.manifest, slot), unpacked, signal),
  );
  log.info(`Restored ${slot} (${strategies[slot].name})`);
}
