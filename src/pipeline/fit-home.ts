/** Fits the home to the database, while it is unpacked and not in its place yet; or tells what is left to do. */
import { join } from 'node:path';
import { HOME_MEMBER } from '../home/trees.ts';
import { fitProperties } from './fit-properties.ts';
import { isNone, type RestoreRun } from './restore-run.ts';

export async function fitHome(run: RestoreRun, unpacked: string): Promise<void> {
  const { strategies, options, found, log } = run;
  const location = isNone(strategies.database) ? undefined : strategies.database.location?.();
  if (isNone(strategies.home) || location === undefined) {
    return;
  }
  const fitting = await fitProperties(join(unpacked, HOME_MEMBER), location, options.updateProperties);
  if (fitting === undefined) {
    return;
  }
  found.fitting = fitting;
  for (const secret of fitting.secrets) {
    run.redactor.add(secret);
  }
  if (options.updateProperties) {
    for (const line of fitting.lines) {
      log.info(`Changed in ${fitting.file}: ${line}`);
    }
    return;
  }
  log.warning(
    `${fitting.file} of the restored home names another database than the restored one; before Bitbucket is started, change it (or restore with update-properties: true): ${fitting.lines.join(' ')}`,
  );
}
