/** Inputs about the instance as a whole and the places on disk. */
import {
  ALL,
  BACKUP,
  BACKUP_AND_CANCEL,
  BACKUP_AND_RESTORE,
  CANCEL,
  RESTORE,
  type InputDeclaration,
} from './declaration.ts';

const TAR = ['archive:tar'];

export const instanceInputs: readonly InputDeclaration[] = [
  {
    name: 'bitbucket-url',
    description:
      'Base URL of Bitbucket, with its context path if it has one, such as `https://bitbucket.example.com`. In a cluster behind a load balancer prefer the address of one node.',
    required: true,
    actions: ALL,
    differs: {
      restore: {
        description:
          'Base URL of the Bitbucket that is going to run on the restored home. When it is given and a Bitbucket answers there, nothing is restored.',
        required: false,
      },
    },
  },
  {
    name: 'bitbucket-username',
    description:
      'User with system administrator rights; a local one, so that a lost directory does not stop the backup.',
    actions: BACKUP_AND_CANCEL,
  },
  {
    name: 'bitbucket-password',
    description: 'Password of that user.',
    secret: true,
    actions: BACKUP_AND_CANCEL,
  },
  {
    name: 'bitbucket-token',
    description:
      'HTTP access token, instead of user and password. Bitbucket gives tokens no system administrator rights, and from 8.9.22, 8.19.12 and 9.3.2 on takes them below `/rest` only, so the lock usually needs user and password.',
    secret: true,
    actions: BACKUP_AND_CANCEL,
  },
  {
    name: 'ca-file',
    description: 'PEM file with further certificate authorities to trust, for a certificate of your own.',
    actions: ALL,
  },
  {
    name: 'allow-insecure-http',
    description:
      'Allow `http://` to another host than this one; the password then crosses the network readable.',
    default: 'false',
    actions: ALL,
    differs: {
      restore: {
        description:
          'Allow `http://` to a search server on another host than this one; the password then crosses the network readable.',
      },
    },
  },
  {
    name: 'instance-name',
    description: 'Name of this Bitbucket in archives and messages: letters, digits, dot, dash, underscore.',
    default: 'bitbucket',
    actions: BACKUP_AND_RESTORE,
  },
  {
    name: 'confirm',
    description:
      'The instance name, typed once more by whoever starts the restore. When it is given, it has to be the same.',
    actions: RESTORE,
  },
  {
    name: 'unlock-token',
    description:
      'The token that unlocks Bitbucket, from the log of the backup. Empty, together with `cancel-token`: from the journal in `backup-root`.',
    actions: CANCEL,
  },
  {
    name: 'cancel-token',
    description: "The token that cancels Bitbucket's backup task, from the log of the backup.",
    actions: CANCEL,
  },
  {
    name: 'max-locked-minutes',
    description: 'Unlock and fail when Bitbucket has been locked this long.',
    default: '60',
    actions: BACKUP,
  },
  {
    name: 'drain-timeout-minutes',
    description: 'Unlock and fail when running requests have not ended after this long.',
    default: '10',
    actions: BACKUP,
  },
  {
    name: 'dry-run',
    description: 'Check everything and print the plan; lock nothing, write nothing.',
    default: 'false',
    actions: BACKUP_AND_RESTORE,
    differs: {
      restore: {
        description: 'Check everything, the whole archive included, and print the plan; change nothing.',
      },
    },
  },
  {
    name: 'archive',
    description:
      'What is restored: the name of an archive in `archive-root`, with or without its ending, an absolute path, or `latest`. Empty: fails with a list of what there is.',
    actions: RESTORE,
  },
  {
    name: 'restore-root',
    description:
      'Folder in which the archive is unpacked first. Empty: beside the new home, on its file system, so that it is put in place by a rename. Required with `home-strategy: none`.',
    actions: RESTORE,
  },
  {
    name: 'backup-root',
    description:
      'Folder for the working copy and the database dump. Kept between runs, so that only changes are copied; has to hold home and database once.',
    required: true,
    actions: BACKUP_AND_CANCEL,
    differs: {
      cancel: {
        description:
          'The `backup-root` of the backup that is to be cancelled: its journal there names the tokens. Needed when no token is given.',
        required: false,
      },
    },
  },
  {
    name: 'archive-root',
    description: 'Folder for the archives. Required.',
    strategies: TAR,
    actions: BACKUP_AND_RESTORE,
    differs: {
      restore: {
        description: 'Folder that holds the archives. Required unless `archive` is a path.',
      },
    },
  },
  {
    name: 'keep-backups',
    description:
      'How many archives of this instance to keep; older ones are removed after a success. `0` keeps all.',
    default: '0',
    actions: BACKUP,
  },
];
