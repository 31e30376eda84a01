/** The database strategies by the name that `database-strategy` takes. Loaded when chosen, so that nobody pays for another's packages. */
import type { StrategyDefinition } from '../strategies/contract.ts';
import type { RestoreDefinition } from '../strategies/restore.ts';
import { notBackedUp } from '../strategies/not-backed-up.ts';
import { notRestored } from '../strategies/not-restored.ts';

export const databaseStrategies = {
  postgresql: async () => (await import('./postgresql/postgresql.ts')).postgresql,
  mysql: async () => (await import('./mysql/mysql.ts')).mysql,
  none: () => Promise.resolve(notBackedUp("database-strategy is 'none'")),
} satisfies Record<string, () => Promise<StrategyDefinition>>;

export type DatabaseStrategyName = keyof typeof databaseStrategies;

/** How what they copied is loaded again. */
export const databaseRestores = {
  postgresql: async () => (await import('./postgresql/postgresql-restore.ts')).postgresqlRestore,
  mysql: async () => (await import('./mysql/mysql-restore.ts')).mysqlRestore,
  none: () => Promise.resolve(notRestored),
} satisfies Record<DatabaseStrategyName, () => Promise<RestoreDefinition>>;
