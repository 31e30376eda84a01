/** Everything that has to be true before the archive is unpacked. Changes nothing. */
import { BitbucketClient } from '../bitbucket/client.ts';
import { ActionError, ConfigurationError } from '../errors.ts';
import type { Manifest } from '../report/manifest-type.ts';
import type { Finding } from '../strategies/contract.ts';
import { archivedPart, partFindings, sum } from './archived-parts.ts';
import type { RestoreRun, RestoreSlot } from './restore-run.ts';
import { spaceFindings } from './space.ts';

/** @param manifest undefined while it is not known whether there is one; null for an archive that has none */
export async function restorePreflight(
  run: RestoreRun,
  manifest: Manifest | null | undefined,
): Promise<void> {
  const { archive, strategies, interruption } = run;
  const findings: Finding[] = [...(await archive.preflight()), ...instanceFindings(run, manifest)];
  for (const slot of ['home', 'database', 'search'] as const satisfies RestoreSlot[]) {
    const strategy = strategies[slot];
    const part = manifest === undefined ? undefined : archivedPart(manifest ?? undefined, slot);
    const wrongPart = part === undefined ? [] : partFindings(slot, strategy, part);
    findings.push(...wrongPart, ...(wrongPart.length > 0 ? [] : await strategy.preflight(part)));
    interruption.signal.throwIfAborted();
  }
  tell(run, findings);
}

/** Unpacked, everything lies in one folder first. */
export async function restoreSpace(run: RestoreRun, place: string): Promise<void> {
  const { strategies, found } = run;
  const counts = found.contents?.counts;
  const all = Object.values(strategies);
  const members = all.flatMap((strategy) => strategy.members).map((member) => counts?.get(member));
  const needs = [
    {
      path: place,
      bytes: sum(members, 'bytes'),
      files: sum(members, 'files') + sum(members, 'folders') + sum(members, 'links'),
      what: 'unpacked archive',
    },
  ];
  for (const strategy of all) {
    const own = strategy.members.map((member) => counts?.get(member));
    needs.push(...(await strategy.spaceNeeds(sum(own, 'bytes'))).map((need) => ({ files: 0, ...need })));
  }
  tell(
    run,
    await spaceFindings(needs, {
      subject: 'restore-root',
      advice: 'free some or choose another restore-root',
    }),
  );
}

/** A Bitbucket that runs would use the home and the database while they are half there. @throws ActionError TARGET_RUNNING */
export async function refuseWhileRunning(run: RestoreRun): Promise<void> {
  const { options, log, interruption } = run;
  if (options.bitbucket === undefined) {
    return;
  }
  const { url } = options.bitbucket;
  const client = new BitbucketClient(options.bitbucket);
  try {
    const state = await client.status(interruption.signal);
    throw new ActionError('TARGET_RUNNING', `A Bitbucket answers at ${url}, in state ${state}.`, {
      advice: 'Stop it, on all nodes, and run again; nothing was changed.',
    });
  } catch (error) {
    interruption.signal.throwIfAborted();
    if (error instanceof ActionError && error.code === 'TARGET_RUNNING') {
      throw error;
    }
    log.info(`No Bitbucket answers at ${url}, as it should be`);
  } finally {
    await client.close();
  }
}

function instanceFindings(
  { options }: RestoreRun,
  manifest: Manifest | null | undefined,
): readonly Finding[] {
  if (!manifest || manifest.instanceName === options.instanceName) {
    return [];
  }
  return [
    {
      severity: 'warning',
      subject: 'instance-name',
      message: `The archive is of instance '${manifest.instanceName}', and instance-name is '${options.instanceName}'; make sure that it is the one you want.`,
    },
  ];
}

function tell(run: RestoreRun, findings: readonly Finding[]): void {
  const errors = findings.filter(({ severity }) => severity === 'error');
  for (const { message } of findings.filter(({ severity }) => severity === 'warning')) {
    // Asked twice, told once.
    if (!run.log.warnings.includes(message)) {
      run.log.warning(message);
    }
  }
  if (errors.length > 0) {
    throw new ConfigurationError('PREFLIGHT_FAILED', errors, 'found before anything was changed');
  }
}
