/** Makes the manifest of a backup. It records what a restore needs and what was left out, and never a secret. */
import { ActionError } from '../errors.ts';
import type { BackedUp } from '../strategies/contract.ts';
import { oneLine } from './markdown.ts';
import { readManifest } from './manifest-reader.ts';
import { MANIFEST_FORMAT_VERSION, type Manifest, type NotBackedUp } from './manifest-type.ts';
import type { PartSlot } from './run-report.ts';
import type { Marks, Timeline } from './timeline.ts';

export interface ManifestSource {
  readonly product: Manifest['product'];
  readonly backupId: string;
  readonly instanceName: string;
  readonly bitbucket: Manifest['bitbucket'];
  readonly timeline: Timeline;
  readonly parts: { readonly [slot in PartSlot]: BackedUp };
  /** What no slot covers. Slots that are not included are added by themselves. */
  readonly notCovered?: readonly NotBackedUp[];
  readonly exclusions: Manifest['exclusions'];
  readonly tools: Manifest['tools'];
  readonly runner: Manifest['runner'];
  readonly github?: Manifest['github'] | undefined;
}

/** @throws ActionError `INTERNAL` when the timeline does not show a lock, a drain and an unlock: they are what it attests. */
export function buildManifest(source: ManifestSource): Manifest {
  const { home, database, search } = source.parts;
  const parts = [
    { ...home, slot: 'home' as const },
    { ...database, slot: 'database' as const },
    { ...search, slot: 'search' as const },
  ];
  const missing = parts
    .filter(({ included }) => !included)
    .map(({ slot, strategy }) => ({ slot, reason: `The ${slot} strategy is '${strategy}'.` }));
  return {
    formatVersion: MANIFEST_FORMAT_VERSION,
    product: source.product,
    backupId: source.backupId,
    instanceName: source.instanceName,
    bitbucket: { url: source.bitbucket.url, version: told(source.bitbucket.version) },
    times: timesOf(source.timeline),
    consistency: 'locked-and-drained',
    parts,
    notBackedUp: [
      ...missing,
      ...(source.notCovered ?? []).map(({ slot, reason }) => ({ slot, reason: told(reason) })),
    ],
    exclusions: source.exclusions,
    tools: Object.fromEntries(Object.entries(source.tools).map(([name, version]) => [name, told(version)])),
    runner: { hostname: told(source.runner.hostname), platform: told(source.runner.platform) },
    ...(source.github === undefined ? {} : { github: source.github }),
  };
}

/** What tools and servers say of themselves must not cost a backup for being empty, long or full of colours. */
function told(words: string): string {
  return oneLine(words) || 'unknown';
}

function timesOf(timeline: Timeline): Manifest['times'] {
  const { marks } = timeline;
  const lockedMs = timeline.lockedMs() ?? 0;
  return {
    startedAt: iso(timeline.startedAtMs),
    lockedAt: iso(marked(marks, 'locked')),
    drainedAt: iso(marked(marks, 'drained')),
    ...(marks.unlocked === undefined ? {} : { unlockedAt: iso(marks.unlocked) }),
    finishedAt: iso(timeline.nowMs()),
    lockedSeconds: Math.round(lockedMs) / 1_000,
  };
}

function marked(marks: Marks, name: keyof Marks): number {
  const ms = marks[name];
  if (ms === undefined) {
    throw new ActionError('INTERNAL', `A manifest was asked for, but the run never reached '${name}'.`);
  }
  return ms;
}

function iso(ms: number): string {
  return new Date(Math.round(ms)).toISOString();
}

/**
 * The text of `manifest.json`: fields in one order, whatever order they were made in. It is read back first, so that
 * nothing is archived that our own restore would refuse.
 *
 * @throws ActionError as `readManifest` does.
 */
export function manifestJson(manifest: Manifest): string {
  return `${JSON.stringify(readManifest(JSON.stringify(manifest)), null, 2)}\n`;
}
