/** Why there are no AWS credentials, in a sentence without secrets. */
import { ActionError, isErrno } from '../../errors.ts';
import { printable } from '../../host/log.ts';
import { credentialSources } from './credential-sources.ts';

const ADVICE =
  "Run aws-actions/configure-aws-credentials in a step before, give the runner's machine an instance role, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.";

/** What the chain says when it is at its end; everything else is one source's own failure. */
const NOTHING_FOUND = /^Could not load credentials from any providers/;

/** Parsers quote what they could not read, and a failed command is told with its line. */
const MAY_QUOTE_SECRETS = /Command failed|JSON|Unexpected token/;

export function credentialsFailure(error: unknown, environment: NodeJS.ProcessEnv): ActionError {
  const said = error instanceof Error ? error.message : '';
  if (NOTHING_FOUND.test(said)) {
    return new ActionError(
      'AUTH_FAILED',
      `No AWS credentials were found to sign requests to the search server; tried: ${credentialSources(environment).join(', ')}.`,
      { advice: `${ADVICE} Debug logging shows what each source said.` },
    );
  }
  return new ActionError(
    'AUTH_FAILED',
    `The AWS credentials to sign requests to the search server with could not be had: ${wordsOf(error)}.`,
    { advice: adviceFor(error) },
  );
}

/** The cause itself is not kept: the answer of a token service and a command's output are parts of it. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return 'the library gave no reason';
  }
  const name = error.name === 'Error' ? '' : `${error.name}: `;
  const words = MAY_QUOTE_SECRETS.test(error.message) ? 'its words are not shown' : error.message;
  return printable(`${name}${words}`.replace(/\s+/g, ' ').replace(/[. ]+$/, ''));
}

function adviceFor(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  if (/ExpiredToken/.test(name)) {
    return 'Ask for new credentials in a step shortly before this one; a token of GitHub lives for minutes only.';
  }
  if (/AccessDenied|InvalidIdentityToken/.test(name)) {
    return "Let the role's trust policy name this repository's identity, and check AWS_ROLE_ARN.";
  }
  if (
    isErrno(error, 'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'ERR_PROXY_TUNNEL') ||
    name === 'TimeoutError'
  ) {
    return "Let this machine reach Amazon's token service (sts.<region>.amazonaws.com), directly or by HTTPS_PROXY.";
  }
  return 'Correct the profile or the variables (AWS_...) that name this source of credentials, or remove them.';
}
