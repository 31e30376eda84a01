/** Fits the home to the database, while it is unpacked and not in its place yet; or tells what is left to do. */
import { join } from 'node:path';
import { HOME_MEMBER } from '../home/trees.ts';
import { usedDatabase } from '../bitbucket/used-database.ts';
import { propertiesIn } from '../bitbucket/properties.ts';
import { fitProperties } from './fit-properties.ts';
import { readProperties } from './properties-file.ts';
import { isNone, type RestoreRun } from './restore-run.ts';

export async function fitHome(run: RestoreRun, unpacked: string): Promise<void> {
  const { strategies, options, found, log } = run;
  if (strategies.database.name === 'internal') {
    await warnOfUrl(run, join(unpacked, HOME_MEMBER));
    return;
  }
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

/** Nothing in there fits the internal database but that it is not named; what else it means only people know. */
async function warnOfUrl({ log }: RestoreRun, home: string): Promise<void> {
  const { file, text } = await readProperties(home);
  const used = usedDatabase(propertiesIn(text));
  if ('problem' in used || used.kind !== 'internal') {
    log.warning(
      `${file} of the restored home has a jdbc.url, with which Bitbucket does not use the internal database that was restored; remove the lines jdbc.url, jdbc.driver, jdbc.user and jdbc.password before it is started.`,
    );
  }
}
