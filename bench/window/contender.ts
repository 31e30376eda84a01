/** Who backs up, and what is told of it. */
import type { TestPostgres } from '../../test/support/postgres.ts';
import type { BitbucketSimulator } from '../../test/support/bitbucket-simulator/simulator.ts';
import type { PeakMemory } from '../process-memory.ts';

/** What is backed up, and whereto. */
export interface Task {
  /** As the contender sees it: possibly through the slow file system. */
  readonly homePath: string;
  readonly database: string;
  readonly archiveRoot: string;
}

export interface Run {
  readonly seconds: number;
  /** Until everything is copied and dumped; the archive comes after. */
  readonly secondsToArchive: number;
  readonly memory: PeakMemory;
}

export interface Contender {
  readonly name: string;
  readonly backupRoot: string;
  run(task: Task): Promise<Run>;
}

/** What contenders stand on. */
export interface Ground {
  readonly simulator: BitbucketSimulator;
  readonly postgres: TestPostgres;
  /** Processes of the benchmark that are nobody's tools. */
  readonly bystanders: () => readonly number[];
}
