/** What the last whole backup in `backup-root` recorded: only to estimate the next one without walking a large home. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readManifest } from '../report/manifest-reader.ts';
import type { BackedUp } from '../strategies/contract.ts';
import { MANIFEST_NAME } from './manifest-name.ts';

/** Empty without a manifest, and with one that cannot be read: an estimate is not worth failing for. */
export function previousParts(backupRoot: string): Readonly<Record<string, BackedUp>> {
  try {
    const { parts } = readManifest(readFileSync(join(backupRoot, MANIFEST_NAME), 'utf8'));
    return Object.fromEntries(parts.map((part) => [part.slot, part]));
  } catch {
    return {};
  }
}
