/**
 * Every input, declared once. `action.yml` and the README's tables are made from this (`npm run docs`), the readers
 * read by these names, and a test holds the three together.
 */

export type ActionName = 'backup';

export interface InputDeclaration {
  readonly name: string;
  readonly description: string;
  readonly default?: string;
  readonly required?: boolean;
  readonly secret?: boolean;
  readonly actions: readonly ActionName[];
  /** `slot:strategy` for an input that only these strategies read; with another one it is an error, not ignored. */
  readonly strategies?: readonly string[];
}

const POSTGRESQL = ['database:postgresql'];
const RSYNC = ['home:rsync'];
const TAR = ['archive:tar'];
const BACKUP: readonly ActionName[] = ['backup'];

export const inputDeclarations: readonly InputDeclaration[] = [
  {
    name: 'bitbucket-url',
    description:
      'Base URL of Bitbucket, with its context path if it has one, such as `https://bitbucket.example.com`. In a cluster behind a load balancer prefer the address of one node.',
    required: true,
    actions: BACKUP,
  },
  {
    name: 'bitbucket-username',
    description:
      'User with system administrator rights; a local one, so that a lost directory does not stop the backup.',
    actions: BACKUP,
  },
  { name: 'bitbucket-password', description: 'Password of that user.', secret: true, actions: BACKUP },
  {
    name: 'bitbucket-token',
    description:
      'HTTP access token, instead of user and password. Bitbucket gives tokens no system administrator rights, and from 8.9.22, 8.19.12 and 9.3.2 on takes them below `/rest` only, so the lock usually needs user and password.',
    secret: true,
    actions: BACKUP,
  },
  {
    name: 'ca-file',
    description: 'PEM file with further certificate authorities to trust, for a certificate of your own.',
    actions: BACKUP,
  },
  {
    name: 'allow-insecure-http',
    description:
      'Allow `http://` to another host than this one; the password then crosses the network readable.',
    default: 'false',
    actions: BACKUP,
  },
  {
    name: 'instance-name',
    description: 'Name of this Bitbucket in archives and messages: letters, digits, dot, dash, underscore.',
    default: 'bitbucket',
    actions: BACKUP,
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
    actions: BACKUP,
  },
  {
    name: 'backup-root',
    description:
      'Folder for the working copy and the database dump. Kept between runs, so that only changes are copied; has to hold home and database once.',
    required: true,
    actions: BACKUP,
  },
  {
    name: 'archive-root',
    description: 'Folder for the archives. Required.',
    strategies: TAR,
    actions: BACKUP,
  },
  {
    name: 'keep-backups',
    description:
      'How many archives of this instance to keep; older ones are removed after a success. `0` keeps all.',
    default: '0',
    actions: BACKUP,
  },
  {
    name: 'home-strategy',
    description: 'How the Bitbucket home is copied: `rsync`, or `none` (not backed up).',
    default: 'rsync',
    actions: BACKUP,
  },
  {
    name: 'home-path',
    description: 'The Bitbucket home, the folder that holds `shared`. Required with `rsync`.',
    strategies: RSYNC,
    actions: BACKUP,
  },
  {
    name: 'data-stores',
    description: 'Further data stores of Bitbucket 8 and later, absolute paths, one a line.',
    strategies: RSYNC,
    actions: BACKUP,
  },
  {
    name: 'exclude-repositories',
    description: 'Ids of repositories to leave out, separated by commas.',
    strategies: RSYNC,
    actions: BACKUP,
  },
  {
    name: 'database-strategy',
    description: 'How the database is copied: `postgresql`, or `none` (not backed up).',
    default: 'postgresql',
    actions: BACKUP,
  },
  {
    name: 'database-host',
    description:
      "Host of the database, or the folder of its socket. What is empty is left to libpq's own settings (`PGHOST`, service file ...).",
    strategies: POSTGRESQL,
    actions: BACKUP,
  },
  { name: 'database-port', description: 'Port of the database.', strategies: POSTGRESQL, actions: BACKUP },
  { name: 'database-name', description: 'Name of the database.', strategies: POSTGRESQL, actions: BACKUP },
  { name: 'database-username', description: 'Database user.', strategies: POSTGRESQL, actions: BACKUP },
  {
    name: 'database-password',
    description: 'Password of the database user; `.pgpass` and service files work too.',
    secret: true,
    strategies: POSTGRESQL,
    actions: BACKUP,
  },
  {
    name: 'elasticsearch-strategy',
    description:
      'How the search index is copied: `none` (not backed up). Bitbucket builds its search index anew after a restore.',
    default: 'none',
    actions: BACKUP,
  },
  {
    name: 'archive-strategy',
    description: 'How home and dump become one archive: `tar`.',
    default: 'tar',
    actions: BACKUP,
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

export function inputsOf(action: ActionName): readonly InputDeclaration[] {
  return inputDeclarations.filter((input) => input.actions.includes(action));
}
