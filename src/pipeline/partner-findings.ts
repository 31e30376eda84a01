/** Do the strategies of the parts fit each other? */
import type { BackupStrategy, Finding } from '../strategies/contract.ts';
import { isNone } from './backup-run.ts';

/** What has no copy of its own is only in the backup when the home takes all of its volume in one moment. */
export function partnerFindings({
  home,
  database,
}: {
  readonly home: BackupStrategy;
  readonly database: BackupStrategy;
}): readonly Finding[] {
  if (database.goesWithHome !== true || (home.atomic && !isNone(home))) {
    return [];
  }
  return [
    {
      severity: 'error',
      subject: 'database-strategy',
      message: `Input 'database-strategy' is '${database.name}', which lies in the snapshot of the home, and home-strategy '${home.name}' takes none; choose another one of the two.`,
    },
  ];
}
