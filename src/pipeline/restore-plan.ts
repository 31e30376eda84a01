/** What a dry run would have done, in the order in which it would have done it. */
import { formatBytes } from '../report/format.ts';
import { isNone, type RestoreRun, workplaceOf } from './restore-run.ts';

export async function restorePlan(run: RestoreRun): Promise<readonly string[]> {
  const { found, strategies, options } = run;
  const { source, manifest } = found;
  const made = manifest === undefined ? '' : `, made of Bitbucket ${manifest.bitbucket.version}`;
  const parts = Object.entries(strategies);
  return [
    `Restore ${source?.path ?? ''} (${formatBytes(source?.bytes ?? 0)}${made}).`,
    `Unpack it into ${await workplaceOf(run)}.`,
    ...parts
      .filter(([, strategy]) => !isNone(strategy))
      .map(([slot, strategy]) => `Restore the ${slot} with ${strategy.name}${placeOf(strategy.target)}.`),
    options.updateProperties
      ? 'Change jdbc.url and jdbc.user in bitbucket.properties where they do not fit.'
      : 'Leave bitbucket.properties as it is, and print the lines that do not fit.',
    ...parts
      .filter(([, strategy]) => isNone(strategy))
      .map(([slot]) =>
        slot === 'search'
          ? 'Not restored: search (strategy none); Bitbucket builds its search index anew by itself.'
          : `Not restored: ${slot} (strategy none).`,
      ),
  ];
}

function placeOf(target: { readonly path: string } | undefined): string {
  return target === undefined ? '' : ` to ${target.path}`;
}
