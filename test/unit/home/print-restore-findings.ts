/** Runs the checks of a restore as whichever user this process has: `print-restore-findings.ts <input>=<value> ...`. */
import { rsyncRestoreRun } from '../../contract/home-restore-context.ts';

const inputs = Object.fromEntries(
  process.argv.slice(2).map((argument) => [argument.split('=')[0] ?? '', argument.replace(/^[^=]*=/, '')]),
);
for (const { severity, subject, message } of await rsyncRestoreRun(inputs).strategy.preflight(undefined)) {
  console.log(`${severity} ${subject}: ${message}`);
}
