import { describe, expect, it } from 'vitest';
import { amazonRefusal } from '../../../../src/search/amazon/refusal.ts';

describe("Amazon's refusals", () => {
  it.each([
    ['{"message":"The security token included in the request is expired"}', 'role-duration-seconds'],
    ['{"message":"The security token included in the request is invalid."}', 'belong together'],
    ['{"message":"Signature expired: 20260101T000000Z is now earlier than 20260101T000100Z"}', 'clock'],
    ['{"message":"Signature not yet current: 20260101T000600Z is still later than ..."}', 'clock'],
    ['{"message":"Credential should be scoped to a valid region. "}', 'AWS_REGION'],
    ['{"Message":"User: anonymous is not authorized to perform: es:ESHttpGet"}', 'policy'],
    [
      '{"Message":"User: arn:aws:iam::1:user/x is not authorized to perform: iam:PassRole on resource: arn:aws:iam::1:role/y"}',
      'elasticsearch-role-arn',
    ],
    [
      '{"error":{"root_cause":[],"type":"security_exception","reason":"no permissions for [cluster:admin/snapshot/create] and User [name=x]"},"status":403}',
      'manage_snapshots',
    ],
  ])('%s comes with advice', (answer, advice) => {
    expect(amazonRefusal(answer)?.advice).toContain(advice);
  });

  it('are told by their first line: below it they repeat the request, with the token of the session', () => {
    const answer = JSON.stringify({
      message:
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.\n\nThe Canonical String for this request should have been\n'GET\n/\n\nx-amz-security-token:abc\n'",
    });
    expect(amazonRefusal(answer)).toEqual({
      words:
        'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method',
      advice:
        'Check AWS_SECRET_ACCESS_KEY, and that nothing between this machine and Amazon alters the requests.',
    });
  });

  it.each([
    '',
    '<html>Forbidden</html>',
    '[]',
    'null',
    '{"message":5}',
    '{"message":"Forbidden"}',
    '{"error":"x"}',
  ])('%s is none of them', (answer) => {
    expect(amazonRefusal(answer)).toBeUndefined();
  });
});
