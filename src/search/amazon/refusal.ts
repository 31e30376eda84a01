/** Why Amazon refused a signed request, with what to do about it. */
import { printable } from '../../host/log.ts';
import { isObject } from '../../strategies/json-shape.ts';

export interface Refusal {
  /** Amazon's own words without a full stop, for the middle of a sentence. */
  readonly words: string;
  /** One sentence. */
  readonly advice: string;
}

const REASONS: readonly (readonly [said: RegExp, advice: string])[] = [
  [
    /^The request signature we calculated does not match/,
    'Check AWS_SECRET_ACCESS_KEY, and that nothing between this machine and Amazon alters the requests.',
  ],
  [
    /security token included in the request is expired/,
    'The session ended: give it longer (role-duration-seconds of aws-actions/configure-aws-credentials), or use an instance role, which is renewed.',
  ],
  [
    /security token included in the request is invalid/,
    'Check that AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN belong together, still exist and are of the account of the domain.',
  ],
  [
    /^Signature (?:expired|not yet current)/,
    "Set this machine's clock: it is wrong by more than five minutes.",
  ],
  [
    /^Credential should be scoped/,
    "Requests were signed for another region or service; give the domain's own address, or set AWS_REGION to its region.",
  ],
  [
    /iam:PassRole/,
    'Allow iam:PassRole on the role that elasticsearch-role-arn names to whoever these credentials are of.',
  ],
  [
    /is not authorized to perform/,
    "Allow what is named to whoever these credentials are of, in a policy of theirs or in the domain's access policy.",
  ],
  [
    /^no permissions for/,
    "The domain has fine-grained access control: map the credentials' role to manage_snapshots in its security settings.",
  ],
];

/**
 * @param answer the body of a 403
 * @returns undefined where it is none of Amazon's refusals
 */
export function amazonRefusal(answer: string): Refusal | undefined {
  const said = messageOf(answer);
  const advice = REASONS.find(([pattern]) => pattern.test(said))?.[1];
  // The lines below the first repeat the request with the session's token in it.
  const words = printable(said.split('\n', 1)[0] ?? '').replace(/[. ]+$/, '');
  return advice === undefined ? undefined : { words, advice };
}

/** Amazon's front says `message` or `Message`, the search server behind it `error.reason`. */
function messageOf(answer: string): string {
  const body = parsed(answer);
  if (!isObject(body)) {
    return '';
  }
  const error = isObject(body['error']) ? body['error']['reason'] : body['error'];
  const said = [body['message'], body['Message'], error].find((part) => typeof part === 'string');
  return typeof said === 'string' ? said : '';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
