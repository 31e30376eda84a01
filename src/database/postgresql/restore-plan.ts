/** What a restore into a database is going to do, once it is known what is there. */
import type { CommandRunner } from '../../host/command.ts';
import type { Finding } from '../../strategies/contract.ts';
import type { ArchivedPart } from '../../strategies/restore.ts';
import { hasZstd } from './dump-compression.ts';
import type { PostgresClients } from './postgresql-clients.ts';
import {
  chooseRestoreClients,
  clientFindings,
  compressionFindings,
  type RestoreTarget,
  targetFindings,
  versionFindings,
} from './restore-checks.ts';
import type { DatabaseWork } from './restore-database.ts';
import { chooseOwner, type Found, type Question } from './restore-target.ts';

/** What preflight found and decided. */
export interface RestorePlan {
  readonly work: DatabaseWork;
  readonly clients: PostgresClients;
  readonly jobs: number;
  readonly exists: boolean;
}

export interface RestoreSituation {
  readonly question: Question;
  readonly found: Found;
  /** Of every version that is here, the newest first. */
  readonly clients: readonly PostgresClients[];
  readonly newest: PostgresClients;
  readonly commands: CommandRunner;
  /** For messages. */
  readonly server: string;
  /** As the inputs name him. */
  readonly owner: string | undefined;
}

/** More jobs than this rarely help: Bitbucket keeps most of its rows in a few tables. */
const MOST_JOBS = 5;

/** @returns no plan when anything is wrong */
export async function planRestore(
  { question, found, clients, newest, commands, server, owner: wanted }: RestoreSituation,
  part: ArchivedPart | undefined,
): Promise<{ readonly findings: readonly Finding[]; readonly plan?: RestorePlan }> {
  const recorded = part?.recorded;
  const { owner, facts } = await chooseOwner(found, question, wanted, recorded);
  const { name } = question;
  const target: RestoreTarget = { server, name, facts, existing: found.existing, owner };
  const chosen = chooseRestoreClients(clients, facts, recorded);
  const findings = [
    ...targetFindings(target),
    ...versionFindings(target, recorded),
    ...clientFindings(chosen, newest, recorded),
    ...(await compressionFindings(chosen, recorded, async (used) => await hasZstd(commands, used))),
  ];
  if (chosen === undefined || findings.length > 0) {
    return { findings };
  }
  const { connection, maintenance } = found;
  const { serverVersionNumber, freeConnections } = facts;
  return {
    findings,
    plan: {
      work: { connection, maintenance, psql: chosen.psql, name, owner, serverVersionNumber },
      clients: chosen,
      jobs: Math.max(1, Math.min(MOST_JOBS, freeConnections - 1)),
      exists: found.existing !== undefined,
    },
  };
}
