/** Users of a restored database whose logins this server does not have ("Troubleshoot orphaned users"). */
import type { Connection } from './connection.ts';
import { QUERY_LIMITS } from './server-facts.ts';
import { runSql } from './sqlcmd.ts';
import { quoteName } from './t-sql.ts';

/** @returns what the administrator has to do for each of them */
export async function orphanedUsers(connection: Connection, name: string): Promise<readonly string[]> {
  const script = `USE ${quoteName(name)};
SELECT u.name AS name, u.type_desc AS type FROM sys.database_principals AS u
  LEFT JOIN sys.server_principals AS l ON l.sid = u.sid
  WHERE l.sid IS NULL AND u.authentication_type_desc <> N'NONE' AND u.authentication_type_desc <> N'DATABASE'
  AND u.principal_id > 4 ORDER BY u.name;`;
  const [rows = []] = await runSql(connection, script, QUERY_LIMITS);
  return rows.map((row) => {
    const user = quoteName(row.text('name'));
    const missing = row.text('type') === 'SQL_USER' ? 'login, or one with another number' : 'Windows login';
    return `User ${user} of database ${quoteName(name)} has no ${missing} on this server; create the login, or give the user an existing one: USE ${quoteName(name)}; ALTER USER ${user} WITH LOGIN = ${user};`;
  });
}
