/** Everything that can be known before the first copy. Changes nothing. */
import type { Finding, StrategyContext } from '../strategies/contract.ts';
import { folderProblem, homeFindings, repositoryExists } from './home-findings.ts';
import { placeFindings } from './place-findings.ts';
import { findRsync, isTooOld, OLDEST_RSYNC } from './rsync-program.ts';
import type { HomeOptions, Tree } from './trees.ts';
import { losesRepositories } from './working-copy.ts';

export async function rsyncFindings(
  options: HomeOptions,
  trees: readonly Tree[],
  context: StrategyContext,
): Promise<readonly Finding[]> {
  const sources = [
    ...(await homeFindings(options.homePath, options.internalDatabase)),
    ...(await storeFindings(options.dataStores)),
  ];
  const findings = [
    ...(await programFindings(context)),
    ...sources,
    ...(await placeFindings(context.backupRoot, trees)),
  ];
  if (sources.some((finding) => finding.severity === 'error')) {
    return findings;
  }
  return [
    ...findings,
    ...(await lossFindings(context.backupRoot, trees)),
    ...(await exclusionFindings(options)),
  ];
}

async function programFindings({ commands, log }: StrategyContext): Promise<readonly Finding[]> {
  const program = await findRsync(commands);
  if (program === undefined) {
    return [
      error(
        'rsync',
        `The program rsync is not on PATH; install rsync ${OLDEST_RSYNC} or later on the runner.`,
      ),
    ];
  }
  if (program.version === 'unknown' || isTooOld(program.version)) {
    return [
      error(
        'rsync',
        `${program.path} has version ${program.version}; install rsync ${OLDEST_RSYNC} or later, which compares times to the nanosecond.`,
      ),
    ];
  }
  const missing = [...(program.acls ? [] : ['ACLs']), ...(program.xattrs ? [] : ['extended attributes'])];
  if (missing.length > 0) {
    log.info(`${program.path} was built without ${missing.join(' and ')}: these are not copied.`);
  }
  return [];
}

async function storeFindings(stores: readonly string[]): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const store of stores) {
    const problem = await folderProblem(store);
    if (problem !== undefined) {
      findings.push(error('data-stores', `Input 'data-stores' names '${store}', ${problem}`));
    }
  }
  return findings;
}

async function lossFindings(backupRoot: string, trees: readonly Tree[]): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const tree of trees) {
    if (await losesRepositories(backupRoot, tree)) {
      findings.push(
        error(
          tree.input,
          `'${tree.source}' holds no repositories, but its copy of the last backup in '${backupRoot}/${tree.member}' does; mount the volume, or remove that copy if all repositories were really deleted.`,
        ),
      );
    }
  }
  return findings;
}

/** In a data store an id can stand in any of 65,536 folders, so only a home without data stores is searched. */
async function exclusionFindings(options: HomeOptions): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const id of options.dataStores.length === 0 ? options.excludedRepositories : []) {
    if (!(await repositoryExists(options.homePath, id))) {
      findings.push({
        severity: 'warning',
        subject: 'exclude-repositories',
        message: `Input 'exclude-repositories' names ${id}, and the home holds no repository of that id; correct or remove it.`,
      });
    }
  }
  return findings;
}

function error(subject: string, message: string): Finding {
  return { severity: 'error', subject, message };
}
