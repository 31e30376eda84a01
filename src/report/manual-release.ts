/**
 * How an administrator gets Bitbucket out of maintenance by hand. The commands follow Bitbucket's maintenance REST API
 * (DESIGN.md, section 4). The tokens are shown on purpose.
 */
import { code, codeBlock, details } from './markdown.ts';
import type { MaintenanceTokens, RunReport } from './run-report.ts';
import { shellWord } from './shell-word.ts';

/** The placeholder is a plain word: `<user>` would be a redirection to the shell that it is pasted into. */
const CURL = ['curl', '-i', '-u', 'ADMIN'];
const HEADERS = ['-H', 'X-Atlassian-Token: no-check', '-H', 'Content-Type: application/json'];

/** What the way out depends on. */
export type ReleaseFacts = Pick<RunReport, 'lockState' | 'tokens' | 'bitbucketUrl' | 'journalPath'>;

/** Urgent while the lock may be held, folded away when the tokens are used up; undefined when there never were any. */
export function renderRelease(report: ReleaseFacts): string | undefined {
  const { tokens, bitbucketUrl } = report;
  switch (report.lockState) {
    case 'still-locked':
    case 'unknown':
      return tokens === undefined ? withoutToken(bitbucketUrl) : commands(bitbucketUrl, tokens, report);
    case 'unlocked':
    case 'locked-by-other':
    case 'never-locked':
      return tokens === undefined
        ? undefined
        : details(
            'Unlock and cancel tokens of this run (used up)',
            `This run's lock is gone, so these tokens open nothing any more. They are kept here to compare with Bitbucket's log.\n\n${tokenList(tokens)}\n\n${releaseCommands(bitbucketUrl, tokens)}`,
          );
  }
}

function commands(url: string, tokens: MaintenanceTokens, report: ReleaseFacts): string {
  const journal =
    report.journalPath === undefined
      ? ''
      : `\n\nThe next backup run on this machine also tries it, from its journal ${code(report.journalPath)}.`;
  return `Run this from any machine that reaches Bitbucket, with the name of a system administrator for ADMIN; curl asks for the password.\n\n${releaseCommands(url, tokens)}\n\n${tokenList(tokens)}${journal}`;
}

function withoutToken(url: string): string {
  return `The token of the lock did not reach this run. Ask whether Bitbucket is locked (200: locked, 404: not locked):\n\n${codeBlock([curl([endpoint(url, 'mvc/maintenance/lock')])], 'sh')}\n\nIf it is, look for the unlock token in <code>atlassian-bitbucket.log</code> below the home of the node that answered, and send it with:\n\n${codeBlock([unlock(url, 'TOKEN')], 'sh')}\n\nWithout the token, a restart of all Bitbucket nodes releases the lock.`;
}

function releaseCommands(url: string, tokens: MaintenanceTokens): string {
  const { cancelToken, unlockToken } = tokens;
  const cancel =
    cancelToken === undefined
      ? []
      : [
          '# 1. Cancel the backup task. An error is no harm: then there is none any more.',
          curl([
            '-X',
            'POST',
            // Without a body curl sends no Content-Length, which some proxies refuse.
            '-d',
            '',
            ...HEADERS,
            endpoint(url, `mvc/maintenance?token=${encodeURIComponent(cancelToken)}`),
          ]),
        ];
  return codeBlock(
    [
      ...cancel,
      `# ${cancelToken === undefined ? 1 : 2}. Unlock. 200, 202 or 204: unlocked. 404: it was not locked. 409: the lock is not of this run.`,
      unlock(url, unlockToken),
      `# ${cancelToken === undefined ? 2 : 3}. Check. 404: not locked, users can work. 200: still locked.`,
      curl([endpoint(url, 'mvc/maintenance/lock')]),
    ],
    'sh',
  );
}

function tokenList({ unlockToken, cancelToken }: MaintenanceTokens): string {
  const cancel = cancelToken === undefined ? 'none, no backup task was started' : code(cancelToken);
  return `- Unlock token: ${code(unlockToken)}\n- Cancel token: ${cancel}`;
}

function unlock(url: string, token: string): string {
  return curl([
    '-X',
    'DELETE',
    ...HEADERS,
    endpoint(url, `mvc/maintenance/lock?token=${encodeURIComponent(token)}`),
  ]);
}

function curl(args: readonly string[]): string {
  return [...CURL, ...args].map(shellWord).join(' ');
}

/** The base URL may have a context path, with or without a slash at its end. */
function endpoint(url: string, path: string): string {
  return `${url.replace(/\/+$/, '')}/${path}`;
}
