/** What the manifest keeps of a home that was copied by rsync. */
import type { BackedUp, Recorded } from '../strategies/contract.ts';
import type { PassResult } from './rsync-pass.ts';
import type { RsyncProgram } from './rsync-program.ts';
import type { CountAnswer } from './scan/scan-protocol.ts';
import type { LastPass } from './tree-copy.ts';
import { HOME_MEMBER, type HomeOptions, STORES_MEMBER } from './trees.ts';

export interface CopiedHome {
  readonly options: HomeOptions;
  /** Patterns that were left out of the home. */
  readonly excluded: readonly string[];
  readonly program: RsyncProgram;
  /** Home first, then the data stores, as in `passes`. */
  readonly firstPass: readonly PassResult[];
  readonly passes: readonly LastPass[];
  /** Of all copies together. */
  readonly counted: CountAnswer;
  readonly repositories: number;
}

export function homeRecord(copied: CopiedHome): BackedUp {
  const { options, excluded, program, firstPass, passes, counted, repositories } = copied;
  const { homePath, dataStores, excludedRepositories } = options;
  return {
    strategy: 'rsync',
    included: true,
    members: dataStores.length === 0 ? [HOME_MEMBER] : [HOME_MEMBER, STORES_MEMBER],
    files: counted.files,
    bytes: counted.bytes,
    tools: { rsync: program.version },
    excluded: { patterns: excluded, repositories: excludedRepositories },
    details: {
      homePath,
      dataStores,
      repositories,
      firstPass: recorded(firstPass),
      secondPass: {
        ...recorded(passes.map(({ result }) => result)),
        delta: passes.map(({ paths }) => (paths === undefined ? 'full' : 'git-aware')),
        pathsCompared: passes.reduce((total, { paths }) => total + (paths ?? 0), 0),
      },
    },
  };
}

/** @param key of what is added up over all trees */
export function sumOf(results: readonly PassResult[], key: Exclude<keyof PassResult, 'suspects'>): number {
  return results.reduce((total, result) => total + result[key], 0);
}

function recorded(results: readonly PassResult[]): { readonly [key: string]: Recorded } {
  return {
    seconds: sumOf(results, 'seconds'),
    entries: sumOf(results, 'entries'),
    filesTransferred: sumOf(results, 'transferredFiles'),
    bytesTransferred: sumOf(results, 'transferredBytes'),
    vanished: sumOf(results, 'vanished'),
  };
}
