/** Runs the checks as whichever user this process has: `print-findings.ts <home-path> <backup-root>`. */
import { dirname } from 'node:path';
import { rsyncRun } from '../../contract/home-context.ts';

const [, , homePath = '', backupRoot = ''] = process.argv;
const place = {
  folder: dirname(homePath),
  homePath,
  backupRoot,
  strategies: [],
  [Symbol.asyncDispose]: async () => await Promise.resolve(),
};
for (const { severity, subject, message } of await rsyncRun(place).strategy.preflight()) {
  console.log(`${severity} ${subject}: ${message}`);
}
