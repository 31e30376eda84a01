/** Inputs about the database. */
import { BACKUP, BACKUP_AND_RESTORE, RESTORE, type InputDeclaration } from './declaration.ts';

const POSTGRESQL = ['database:postgresql'];
const CUSTOM = ['database:custom'];
const FSLEVEL = ['database:postgresql-fslevel'];
const MSSQL = ['database:mssql'];
const MYSQL = ['database:mysql'];
const NETWORK_DATABASES = [...POSTGRESQL, ...FSLEVEL, ...CUSTOM, ...MSSQL, ...MYSQL];

export const databaseInputs: readonly InputDeclaration[] = [
  {
    name: 'database-strategy',
    description:
      'How the database is copied: `auto` (as `bitbucket.properties` in the home says, which also answers what the inputs `database-*` leave open), `postgresql`, `postgresql-fslevel` (with the snapshot of the home), `mysql` (MySQL and MariaDB), `mssql` (SQL Server), `internal` (the one in the home, for evaluation), `custom` (by a command of yours), or `none` (not backed up).',
    default: 'auto',
    actions: BACKUP_AND_RESTORE,
    differs: {
      restore: {
        description:
          'How the database in the archive was copied: `auto` (as the archive says), `postgresql`, `postgresql-fslevel`, `mysql`, `mssql`, `internal` or `custom`; or `none`, to leave it out of the restore.',
      },
    },
  },
  {
    name: 'database-host',
    description:
      "Host of the database, or the folder of its socket. What is empty answers `bitbucket.properties` with `auto`, and otherwise libpq's own settings (`PGHOST`, service file ...).",
    strategies: NETWORK_DATABASES,
    actions: BACKUP_AND_RESTORE,
  },
  {
    name: 'database-port',
    description: 'Port of the database.',
    strategies: NETWORK_DATABASES,
    actions: BACKUP_AND_RESTORE,
  },
  {
    name: 'database-name',
    description: 'Name of the database.',
    strategies: NETWORK_DATABASES,
    actions: BACKUP_AND_RESTORE,
    differs: {
      restore: {
        description:
          'Name of the database, which is empty or does not exist and is created then. Empty: the name in the archive.',
      },
    },
  },
  {
    name: 'database-username',
    description: 'Database user.',
    strategies: NETWORK_DATABASES,
    actions: BACKUP_AND_RESTORE,
    differs: {
      restore: {
        description:
          'Database user: the one of Bitbucket, or one that may create databases and act for `database-owner`.',
      },
    },
  },
  {
    name: 'database-password',
    description: 'Password of the database user; `.pgpass` and service files work too.',
    secret: true,
    strategies: NETWORK_DATABASES,
    actions: BACKUP_AND_RESTORE,
  },
  {
    name: 'database-owner',
    description:
      'Role that owns the restored database and all in it. Empty: the owner of the empty database, the owner that the archive names, or the user.',
    strategies: [...POSTGRESQL, ...MYSQL],
    actions: RESTORE,
  },
  {
    name: 'database-options-file',
    description:
      'Option file of MySQL’s clients, an absolute path; its `[client]` group says what has no input of its own, such as TLS.',
    strategies: MYSQL,
    actions: BACKUP_AND_RESTORE,
  },
  {
    name: 'database-block-ddl',
    description:
      'Let whoever creates, alters or drops tables wait until the dump is done. It takes the right RELOAD on MariaDB, where writing to tables that are not InnoDB waits as well, or BACKUP_ADMIN on MySQL. `false`: such a change makes the backup fail.',
    default: 'false',
    strategies: MYSQL,
    actions: BACKUP,
  },
  {
    name: 'database-backup-path',
    description:
      'Folder into which SQL Server writes its backups, as the server sees it. Empty: the default backup folder of the server (2019 and later tell it).',
    strategies: MSSQL,
    actions: BACKUP_AND_RESTORE,
    differs: {
      restore: {
        description:
          'Folder from which SQL Server reads the backups, as the server sees it. Empty: the default backup folder of the server (2019 and later tell it).',
      },
    },
  },
  {
    name: 'database-backup-folder',
    description: 'The folder of `database-backup-path` as this machine sees it. Empty: the same path.',
    strategies: MSSQL,
    actions: BACKUP_AND_RESTORE,
  },
  {
    name: 'database-trust-certificate',
    description: 'Take whatever certificate SQL Server shows, such as one that it has signed itself.',
    default: 'false',
    strategies: MSSQL,
    actions: BACKUP_AND_RESTORE,
  },
  {
    name: 'postgresql-data-directory',
    description:
      "PostgreSQL's data directory, on the volume of the home. Empty: the server is asked, for which the user has to be a member of `pg_read_all_settings`.",
    strategies: FSLEVEL,
    actions: BACKUP_AND_RESTORE,
    differs: {
      restore: {
        description: "PostgreSQL's data directory. Empty: the one that the archive names.",
      },
    },
  },
  {
    name: 'postgresql-service',
    description:
      'Name of the service that runs PostgreSQL, such as `postgresql@15-main`: stopped before the restore, started after it. Required with `postgresql-fslevel`.',
    strategies: FSLEVEL,
    actions: RESTORE,
  },
  {
    name: 'database-command',
    description:
      'Absolute path of an executable of yours that backs up and restores the database, called once for each phase: docs/custom-commands.md. Neither it nor the folders above may be writable by others. Required with `custom`.',
    strategies: CUSTOM,
    actions: BACKUP_AND_RESTORE,
  },
  {
    name: 'database-command-timeout-minutes',
    description: 'How long one phase of `database-command` may take.',
    default: '240',
    strategies: CUSTOM,
    actions: BACKUP_AND_RESTORE,
  },
];
