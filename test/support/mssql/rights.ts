/** Who may do what ("BACKUP", "RESTORE", sections on permissions). */
import type { Database, Login } from './server-state.ts';

function isOwner(login: Login, database: Database): boolean {
  return (
    login.roles.includes('sysadmin') ||
    login.sid === database.ownerSid ||
    rolesOf(login, database).includes('db_owner')
  );
}

function rolesOf(login: Login, database: Database): readonly string[] {
  return database.users.find(({ sid }) => sid === login.sid)?.roles ?? [];
}

export function mayEnter(login: Login, database: Database): boolean {
  const isUser = isOwner(login, database) || database.users.some(({ sid }) => sid === login.sid);
  const isPrivileged = isOwner(login, database) || login.roles.includes('dbcreator');
  return isUser && (database.access !== 'RESTRICTED_USER' || isPrivileged);
}

export function mayReadTables(login: Login, database: Database): boolean {
  return isOwner(login, database) || rolesOf(login, database).includes('db_datareader');
}

export function allowed(
  login: Login,
  permission: 'CREATE ANY DATABASE' | 'BACKUP DATABASE',
  database?: Database,
): boolean {
  switch (permission) {
    case 'CREATE ANY DATABASE':
      return login.roles.length > 0;
    case 'BACKUP DATABASE':
      return (
        database !== undefined &&
        (isOwner(login, database) || rolesOf(login, database).includes('db_backupoperator'))
      );
  }
}

export function mayChange(login: Login, database: Database): boolean {
  return isOwner(login, database) || login.roles.includes('dbcreator');
}
