/** What an archive holds, as far as it is known, and whether it is what it says. */
import type { RestoreSource } from '../archive/restore-source.ts';
import type { TreeCount, Contents } from '../archive/member-check.ts';
import { ActionError } from '../errors.ts';
import type { Manifest, ManifestPart } from '../report/manifest-type.ts';
import type { Finding } from '../strategies/contract.ts';
import type { ArchivedPart, RestoreStrategy } from '../strategies/restore.ts';
import { isNone, type RestoreSlot } from './restore-run.ts';

/** @returns undefined while the manifest may still be found by reading on */
export function archivedPart(manifest: Manifest | undefined, slot: RestoreSlot): ArchivedPart {
  return {
    recorded: manifest?.parts.find((part) => part.slot === slot),
    drained: manifest?.consistency === 'locked-and-drained',
  };
}

/** Does the archive hold the part, made by the strategy that is asked to restore it? */
export function partFindings(
  slot: RestoreSlot,
  strategy: RestoreStrategy,
  { recorded }: ArchivedPart,
): readonly Finding[] {
  if (isNone(strategy) || recorded === undefined) {
    return [];
  }
  if (!recorded.included) {
    return [
      problem(
        slot,
        `The archive holds no ${slot} (its strategy was '${recorded.strategy}'); set ${inputOf(slot)}: none to restore the rest.`,
      ),
    ];
  }
  return recorded.strategy === strategy.name
    ? []
    : [
        problem(
          slot,
          `The ${slot} in the archive was made by '${recorded.strategy}', not by '${strategy.name}'; set ${inputOf(slot)}: ${recorded.strategy}.`,
        ),
      ];
}

/**
 * @throws ActionError ARCHIVE_RENAMED, ARCHIVE_INCOMPLETE when name, manifest and members do not tell the same
 */
export function assertConsistent(
  source: RestoreSource,
  contents: Contents,
  manifest: Manifest | undefined,
  strategies: readonly RestoreStrategy[],
): void {
  assertMembers(source, contents, strategies);
  if (manifest === undefined) {
    return;
  }
  const { backup, path } = source;
  if (!backup.name.startsWith(`${manifest.backupId}.`)) {
    throw new ActionError(
      'ARCHIVE_RENAMED',
      `${path} holds the backup ${manifest.backupId}: somebody has renamed it.`,
      { advice: `Give it a name that begins with ${manifest.backupId} back; nothing was changed.` },
    );
  }
  for (const part of manifest.parts) {
    assertCounts(source, contents, part);
  }
}

function assertMembers(
  { path }: RestoreSource,
  { counts }: Contents,
  strategies: readonly RestoreStrategy[],
): void {
  const wanted = strategies.flatMap(({ members }) => members);
  const missing = wanted.filter((member) => !counts.has(member));
  if (missing.length > 0) {
    const holds = [...counts.keys()];
    throw new ActionError(
      'ARCHIVE_INCOMPLETE',
      `The archive ${path} holds no ${missing.join(' and no ')} (but ${holds.slice(0, 5).join(', ') || 'nothing'}).`,
      {
        advice:
          missing.length === wanted.length
            ? 'This is no backup of Bitbucket; choose another archive.'
            : 'Choose another archive, or leave that part out with its strategy none.',
      },
    );
  }
}

function assertCounts({ path }: RestoreSource, { counts }: Contents, part: ManifestPart): void {
  const found = part.members.map((member) => counts.get(member));
  if (part.included && found.some((count) => count === undefined)) {
    throw incomplete(path, `lacks ${part.members.join(' or ')}, which its manifest names`);
  }
  const files = sum(found, 'files');
  if (part.included && part.files !== undefined && part.files !== files) {
    throw incomplete(path, `holds ${files} files of the ${part.slot}, and its manifest says ${part.files}`);
  }
}

export function sum(counts: readonly (TreeCount | undefined)[], key: keyof TreeCount): number {
  return counts.reduce((total, count) => total + (count?.[key] ?? 0), 0);
}

function incomplete(path: string, what: string): ActionError {
  return new ActionError('ARCHIVE_INCOMPLETE', `The archive ${path} ${what}.`, {
    advice: 'Choose another archive; nothing was changed.',
  });
}

function inputOf(slot: RestoreSlot): string {
  return slot === 'search' ? 'elasticsearch-strategy' : `${slot}-strategy`;
}

function problem(slot: RestoreSlot, message: string): Finding {
  return { severity: 'error', subject: inputOf(slot), message };
}
