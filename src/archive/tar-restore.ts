/** Restores from the tar archives in `archive-root`: ours, and those of Atlassian's scripts. */
import { ActionError } from '../errors.ts';
import { availableArchives, chooseArchive } from './available-archives.ts';
import type { RestoreArchiveDefinition } from './restore-source.ts';
import { findTar, tarFindings } from './tar-program.ts';
import { openTarSource } from './tar-source.ts';

export const tarRestore: RestoreArchiveDefinition = {
  read: (inputs) => {
    const archiveRoot = inputs.optionalPath('archive-root');
    if (!inputs.isGiven('archive-root') && !inputs.text('archive').includes('/')) {
      inputs.problem('archive-root', 'is empty; set it, or give archive as an absolute path.');
    }
    return {
      create: ({ log, commands, instanceName }) => ({
        name: 'tar',
        preflight: async () => await tarFindings(await findTar(), commands),
        available: async () => (archiveRoot === undefined ? [] : await availableArchives(archiveRoot)),
        open: async (wanted) => {
          const available = archiveRoot === undefined ? [] : await availableArchives(archiveRoot);
          const path = chooseArchive(wanted, available, instanceName);
          const program = await findTar();
          if (program === undefined) {
            throw new ActionError('TOOL_MISSING', 'The program tar is not installed or not on PATH.', {
              advice: 'Install GNU tar on the runner.',
            });
          }
          return await openTarSource(path, { commands, log, tar: program.path });
        },
      }),
    };
  },
};
