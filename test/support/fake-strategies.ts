/** Strategies that do next to nothing and fail where a test says, for the pipeline's own behaviour. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArchiveFactory } from '../../src/archive/strategy.ts';
import type { BackedUp, StrategyFactory } from '../../src/strategies/contract.ts';

export type Moment =
  | 'preflight'
  | 'prepare'
  | 'capture'
  | 'settle'
  | 'discard'
  | 'archive'
  | 'prune'
  | 'close';

export interface Plan {
  /** Called at every step with its name, such as `home capture`; throws to fail it. */
  at(step: string): void | Promise<void>;
}

export function fakeStrategy(slot: string, plan: Plan): StrategyFactory {
  const part: BackedUp = {
    strategy: 'fake',
    included: true,
    members: [slot],
    files: 1,
    bytes: 4,
    details: {},
  };
  return {
    create: ({ backupRoot }) => ({
      name: 'fake',
      atomic: false,
      preflight: async () => {
        await plan.at(`${slot} preflight`);
        return [];
      },
      spaceNeeds: () => Promise.resolve([]),
      prepare: async () => {
        await plan.at(`${slot} prepare`);
        await mkdir(join(backupRoot, slot), { recursive: true });
      },
      capture: async (signal) => {
        await plan.at(`${slot} capture`);
        signal.throwIfAborted();
        await writeFile(join(backupRoot, slot, 'data'), 'data');
        return {
          settle: async () => {
            await plan.at(`${slot} settle`);
            return part;
          },
          discard: async () => {
            await rm(join(backupRoot, slot, 'data'), { force: true });
            await plan.at(`${slot} discard`);
          },
        };
      },
      close: async () => await plan.at(`${slot} close`),
    }),
  };
}

/** Writes a file that stands for an archive. */
export function fakeArchive(archiveRoot: string, plan: Plan): ArchiveFactory {
  return {
    create: ({ backupId }) => ({
      name: 'fake',
      preflight: () => Promise.resolve([]),
      spaceNeeds: () => Promise.resolve([]),
      create: async ({ root, members }) => {
        await plan.at('archive');
        for (const member of members) {
          if (!existsSync(join(root, member))) {
            throw new Error(`${member} is missing from the working copy.`);
          }
        }
        await mkdir(archiveRoot, { recursive: true });
        const path = join(archiveRoot, `${backupId}.tar`);
        await writeFile(path, members.join('\n'));
        return {
          path,
          bytes: 1,
          sha256: '0'.repeat(64),
          discard: async () => await rm(path, { force: true }),
        };
      },
      backupIds: async () => await Promise.resolve([]),
      prune: async (keep) => {
        await plan.at('prune');
        const names = (await readdir(archiveRoot)).sort();
        return names.slice(0, Math.max(0, names.length - keep));
      },
      tools: () => ({}),
    }),
  };
}
