/** Inputs about the parts of a backup, and the report. */
import { databaseInputs } from './database-inputs.ts';
import { searchInputs } from './search-inputs.ts';
import { BACKUP, BACKUP_AND_RESTORE, RESTORE, type InputDeclaration } from './declaration.ts';

const RSYNC = ['home:rsync'];
const TAR = ['archive:tar'];

export const partInputs: readonly InputDeclaration[] = [
  {
    name: 'home-strategy',
    description: 'How the Bitbucket home is copied: `rsync`, or `none` (not backed up).',
    default: 'rsync',
    actions: BACKUP_AND_RESTORE,
    differs: {
      restore: {
        description:
          'How the home in the archive was copied: `rsync`; or `none`, to leave it out of the restore.',
      },
    },
  },
  {
    name: 'home-path',
    description: 'The Bitbucket home, the folder that holds `shared`. Required with `rsync`.',
    strategies: RSYNC,
    actions: BACKUP_AND_RESTORE,
    differs: {
      restore: {
        description:
          'Where the home is restored to: a folder that is empty or does not exist, in one that does. Required with `rsync`.',
      },
    },
  },
  {
    name: 'data-stores',
    description: 'Further data stores of Bitbucket 8 and later, absolute paths, one a line.',
    strategies: RSYNC,
    actions: BACKUP_AND_RESTORE,
    differs: {
      restore: {
        description:
          'Where the data stores of the archive are restored to, one a line: the absolute path that the archive names, or `/path/in/archive=/other/path`.',
      },
    },
  },
  {
    name: 'exclude-repositories',
    description: 'Ids of repositories to leave out, separated by commas.',
    strategies: RSYNC,
    actions: BACKUP,
  },
  {
    name: 'home-delta',
    description:
      'What is copied inside the lock: `git-aware` finds what changed since the first copy by itself and names only that to rsync; `full` has rsync look at every file again.',
    default: 'git-aware',
    strategies: RSYNC,
    actions: BACKUP,
  },
  {
    name: 'home-owner',
    description:
      'Owner of everything in the restored home and data stores, as `user:group`. Empty: the owners in the archive, by their numbers.',
    strategies: RSYNC,
    actions: RESTORE,
  },
  {
    name: 'outside-links',
    description:
      'What becomes of symbolic links in the archive that lead out of the home: `refuse` the archive, or `keep` them as they are.',
    default: 'refuse',
    strategies: RSYNC,
    actions: RESTORE,
  },
  {
    name: 'update-properties',
    description:
      'Change `jdbc.url` and `jdbc.user` in the restored `shared/bitbucket.properties` where they do not fit the restored database. `false`: the lines are printed.',
    default: 'false',
    strategies: RSYNC,
    actions: RESTORE,
  },
  ...databaseInputs,
  ...searchInputs,
  {
    name: 'archive-strategy',
    description: 'How home and dump become one archive: `tar`.',
    default: 'tar',
    actions: BACKUP_AND_RESTORE,
    differs: {
      restore: { description: 'What wrote the archive: `tar`. How it is compressed shows by itself.' },
    },
  },
  {
    name: 'archive-compression',
    description: '`zstd` (all cores), `gzip` (readable by Atlassian’s scripts) or `none`.',
    default: 'zstd',
    strategies: TAR,
    actions: BACKUP,
  },
  {
    name: 'upload-artifact',
    description: 'What is uploaded as an artifact of the run: `manifest`, or `none`.',
    default: 'manifest',
    actions: BACKUP,
  },
];
