/** Is there room for what the run is going to write? Added up for each file system, because places often share one. */
import { statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { formatBytes } from '../report/format.ts';
import type { Finding, SpaceNeed } from '../strategies/contract.ts';
import { nearestExisting } from './places.ts';

/** Other programs write too, and a file system that is full to the last block is a fault of its own. */
const MARGIN = 1.05;

export interface SpaceWords {
  /** The input that chooses the place. */
  readonly subject: string;
  readonly advice: string;
}

const OF_BACKUP: SpaceWords = {
  subject: 'backup-root',
  advice: 'free some or choose another backup-root or archive-root',
};

export async function spaceFindings(
  needs: readonly SpaceNeed[],
  words: SpaceWords = OF_BACKUP,
): Promise<Finding[]> {
  const byDevice = new Map<number, { folder: string; needs: SpaceNeed[] }>();
  for (const need of needs) {
    const folder = nearestExisting(need.path);
    const { dev } = statSync(folder);
    const group = byDevice.get(dev) ?? { folder, needs: [] };
    group.needs.push(need);
    byDevice.set(dev, group);
  }
  const findings: Finding[] = [];
  for (const group of byDevice.values()) {
    findings.push(...(await roomOn(group.folder, group.needs, words)));
  }
  return findings;
}

async function roomOn(
  folder: string,
  needs: readonly SpaceNeed[],
  { subject, advice }: SpaceWords,
): Promise<Finding[]> {
  const { bavail, bsize, ffree, files: inodes } = await statfs(folder);
  const free = bavail * bsize;
  const bytes = needs.reduce((sum, need) => sum + need.bytes, 0) * MARGIN;
  const files = needs.reduce((sum, need) => sum + (need.files ?? 0), 0);
  const parts = needs.map((need) => `${need.what} ${formatBytes(need.bytes)}`).join(' + ');
  const findings: Finding[] = [];
  if (bytes > free) {
    findings.push({
      severity: 'error',
      subject,
      message: `Not enough space: about ${formatBytes(bytes)} needed (${parts}), ${formatBytes(free)} free on ${folder}; ${advice}.`,
    });
  }
  // Btrfs and others count no inodes and report 0 of 0.
  if (inodes > 0 && files > ffree) {
    findings.push({
      severity: 'error',
      subject,
      message: `Not enough inodes: about ${files} new files, ${ffree} inodes free on ${folder}; choose a file system with more inodes.`,
    });
  }
  return findings;
}
