/** What a person has to do after a restore, in order. */
import { isNone, type RestoreRun } from './restore-run.ts';

export function nextSteps(run: RestoreRun): readonly string[] {
  const { found, options, strategies } = run;
  const { fitting, manifest, parts } = found;
  const { target } = strategies.home;
  const version = manifest?.bitbucket.version;
  return [
    ...(fitting !== undefined && !options.updateProperties
      ? [`Change ${fitting.file} as told below: it names another database than the restored one.`]
      : []),
    ...(fitting?.changes.some(({ key }) => key === 'jdbc.user') === true
      ? ['Make sure that jdbc.password there is that of the user that jdbc.user names.']
      : []),
    ...(parts?.home.todo ?? []),
    ...(parts?.database.todo ?? []),
    ...(parts?.search.todo ?? []),
    ...(isNone(strategies.home) ? ['Restore the home that belongs to this database as well.'] : []),
    ...(isNone(strategies.database) ? ['Restore the database that belongs to this home as well.'] : []),
    ...(target === undefined
      ? []
      : [`See that BITBUCKET_HOME is ${target.path} where Bitbucket is started.`]),
    version === undefined
      ? 'Start Bitbucket, in the version that made the backup or a later one.'
      : `Start Bitbucket ${version} or later; an older one cannot use this database.`,
    'Check: log in, open a repository, clone it, push a branch; look into atlassian-bitbucket.log for errors.',
    isNone(strategies.search)
      ? 'The search index is built anew by itself; searching finds everything when that is done.'
      : 'Bitbucket brings the restored search index up to date by itself.',
    'Make a backup of the restored instance.',
  ];
}
