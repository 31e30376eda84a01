/** Which versions of Bitbucket this action knows: those with the maintenance API that Atlassian's scripts use. */
import type { Finding } from '../strategies/contract.ts';

const OLDEST_MAJOR = 4;
const NEWEST_MAJOR = 10;

export function versionFindings(version: string): readonly Finding[] {
  const major = Number(version.split('.')[0]);
  if (major < OLDEST_MAJOR) {
    return [
      finding(
        'error',
        `Bitbucket ${version} is too old; this action backs up ${OLDEST_MAJOR}.0 to ${NEWEST_MAJOR}.x.`,
      ),
    ];
  }
  if (major > NEWEST_MAJOR) {
    return [
      finding(
        'warning',
        `Bitbucket ${version} is newer than the versions this action was made for (up to ${NEWEST_MAJOR}.x); test a restore.`,
      ),
    ];
  }
  return [];
}

function finding(severity: Finding['severity'], message: string): Finding {
  return { severity, subject: 'bitbucket-url', message };
}
