/** The database strategies by the name that `database-strategy` takes. Loaded when chosen, so that nobody pays for another's packages. */
import type { StrategyDefinition } from '../strategies/contract.ts';
import type { RestoreDefinition } from '../strategies/restore.ts';
import { notBackedUp } from '../strategies/not-backed-up.ts';
import { notRestored } from '../strategies/not-restored.ts';

export const databaseStrategies = {
  postgresql: async () => (await import('./postgresql/postgresql.ts')).postgresql,
  internal: async () => (await import('./internal/internal.ts')).internal,
  'postgresql-fslevel': async () =>
    (await import('./postgresql-fslevel/postgresql-fslevel.ts')).postgresqlFslevel,
  custom: async () => (await import('./custom/custom.ts')).custom,
  mssql: async () => (await import('./mssql/mssql.ts')).mssql,
  mysql: async () => (await import('./mysql/mysql.ts')).mysql,
  none: () => Promise.resolve(notBackedUp("database-strategy is 'none'")),
} satisfies Record<string, () => Promise<StrategyDefinition>>;

export type DatabaseStrategyName = keyof typeof databaseStrategies;

/** How what they copied is loaded again. */
export const databaseRestores = {
  postgresql: async () => (await import('./postgresql/postgresql-restore.ts')).postgresqlRestore,
  internal: async () => (await import('./internal/internal-restore.ts')).internalRestore,
  'postgresql-fslevel': async () =>
    (await import('./postgresql-fslevel/postgresql-fslevel-restore.ts')).postgresqlFslevelRestore,
  custom: async () => (await import('./custom/custom-restore.ts')).customRestore,
  mssql: async () => (await import('./mssql/mssql-restore.ts')).mssqlRestore,
  mysql: async () => (await import('./mysql/mysql-restore.ts')).mysqlRestore,
  none: () => Promise.resolve(notRestored),
} satisfies Record<DatabaseStrategyName, () => Promise<RestoreDefinition>>;
