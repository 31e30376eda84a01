/** Symbolic links of an archive that lead out of the home: what lies behind them is not in the archive. */
import type { ArchivedTree, Contents } from '../archive/member-check.ts';
import { ActionError } from '../errors.ts';
import { counted } from '../report/format.ts';
import type { RestoreRun } from './restore-run.ts';

const NAMED = 5;

/** Each folder of the archive with where it is going to stand. */
export function archivedTrees({ strategies }: RestoreRun): readonly ArchivedTree[] {
  return Object.values(strategies).flatMap((strategy) => strategy.trees ?? []);
}

/** @throws ActionError ARCHIVE_UNSAFE unless `outside-links: keep` says that they belong there */
export function refuseOutsideLinks({ options, log }: RestoreRun, { linksOut }: Contents): void {
  if (linksOut.length === 0) {
    return;
  }
  const few = linksOut.slice(0, NAMED).join(', ');
  const named = `${few}${linksOut.length > NAMED ? ` and ${linksOut.length - NAMED} more` : ''}`;
  const what = `${counted(linksOut.length, 'symbolic link')} that ${linksOut.length === 1 ? 'leads' : 'lead'} out of the home (${named})`;
  if (options.outsideLinks === 'keep') {
    log.warning(`The archive holds ${what}, kept because outside-links says so.`);
    return;
  }
  throw new ActionError('ARCHIVE_UNSAFE', `The archive holds ${what}.`, {
    advice: 'If these links belong to your home, set outside-links: keep; nothing was changed.',
  });
}
