/** Everything that can be known to be wrong before the lock, in one go. Changes nothing. */
import { checkBitbucket } from '../bitbucket/preflight.ts';
import { ConfigurationError } from '../errors.ts';
import type { Finding, SpaceNeed } from '../strategies/contract.ts';
import type { BackupRun } from './backup-run.ts';
import { partnerFindings } from './partner-findings.ts';
import { folderFindings } from './places.ts';
import { spaceFindings } from './space.ts';

/** @throws ConfigurationError with every error found; warnings are logged */
export async function preflight(run: BackupRun): Promise<void> {
  const { timeline, strategies, archive, options, client, interruption } = run;
  await timeline.span('preflight', 'check', async () => {
    const { signal } = interruption;
    const used = [options.usedDatabase, options.usedSearch].filter((report) => report !== undefined);
    const findings = used.flatMap((report) => report.findings);
    for (const { told } of used) {
      if (told !== undefined) {
        run.log.info(told);
      }
    }
    const [bitbucket, ...parts] = await Promise.all([
      checkBitbucket(client, signal),
      ...Object.values(strategies).map(async (strategy) => await strategy.preflight()),
      archive.preflight(),
    ]);
    signal.throwIfAborted();
    if (bitbucket.version !== undefined) {
      run.found.bitbucketVersion = bitbucket.version;
    }
    const ofParts = parts.flat();
    tell(run, [
      ...bitbucket.findings,
      ...folderFindings('backup-root', options.backupRoot),
      ...partnerFindings(strategies),
      ...findings.filter((finding) => !ofParts.some((said) => isSameError(finding, said))),
      ...ofParts,
    ]);
  });
  await timeline.span('preflight', 'check space', async () => await checkSpace(run));
}

/** Asked twice: estimates before the first copy, what is really left to write before the lock. @throws ConfigurationError */
export async function checkSpace(run: BackupRun): Promise<void> {
  const { strategies, archive } = run;
  const needs: SpaceNeed[] = (
    await Promise.all(Object.values(strategies).map(async (s) => await s.spaceNeeds()))
  ).flat();
  const sourceBytes = needs.reduce((sum, need) => sum + (need.totalBytes ?? need.bytes), 0);
  run.interruption.signal.throwIfAborted();
  tell(run, await spaceFindings([...needs, ...(await archive.spaceNeeds(sourceBytes))]));
}

/** What is wrong with the home its own strategy says better. */
function isSameError(finding: Finding, said: Finding): boolean {
  return finding.subject === 'home-path' && said.subject === 'home-path' && said.severity === 'error';
}

function tell(run: BackupRun, findings: readonly Finding[]): void {
  const errors = findings.filter(({ severity }) => severity === 'error');
  for (const { message } of findings.filter(({ severity }) => severity === 'warning')) {
    run.log.warning(message);
  }
  if (errors.length > 0) {
    throw new ConfigurationError('PREFLIGHT_FAILED', errors);
  }
}
