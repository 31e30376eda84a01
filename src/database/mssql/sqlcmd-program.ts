/** Where sqlcmd is: Microsoft's packages put the old one outside of PATH. */
import { join } from 'node:path';
import { findProgram, isExecutable } from '../../host/tools.ts';
import type { Finding } from '../../strategies/contract.ts';

/** The newest first ("Install the SQL Server command-line tools on Linux"). */
const FOLDERS = ['/opt/mssql-tools18/bin', '/opt/mssql-tools/bin'];

/** @param folders where to look instead, PATH left out */
export function findSqlcmd(folders?: readonly string[]): string | undefined {
  const onPath = folders === undefined ? findProgram('sqlcmd') : undefined;
  return onPath ?? (folders ?? FOLDERS).map((folder) => join(folder, 'sqlcmd')).find(isExecutable);
}

export const NO_SQLCMD: Finding = {
  severity: 'error',
  subject: 'sqlcmd',
  message:
    'No sqlcmd is on PATH, in /opt/mssql-tools18/bin or in /opt/mssql-tools/bin; install mssql-tools18 or the new sqlcmd on this machine.',
};
