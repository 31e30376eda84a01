import { describe, expect, test } from 'vitest';
import type { SearchError } from '../../../src/search/search-error.ts';
import { type Asked, failureOfAnswer, type SearchAnswer } from '../../../src/search/search-failures.ts';
import { everythingOf } from '../../support/failure.ts';

const ASKED: Asked = {
  url: 'https://search.example.com:9200',
  method: 'PUT',
  path: '/_snapshot/bitbucket-snapshots',
  who: "user 'backup'",
};
const SAID = `The search server ${ASKED.url} answered`;

function failure(answer: Partial<SearchAnswer>, asked: Partial<Asked> = {}): SearchError {
  const whole = { status: 500, contentType: 'application/json', location: '', text: '', ...answer };
  const error = failureOfAnswer(whole, { ...ASKED, ...asked });
  if (error === undefined) {
    throw new Error('It is no failure.');
  }
  return error;
}

function json(status: number, body: unknown): Partial<SearchAnswer> {
  return { status, text: JSON.stringify(body) };
}

function cause(type: string, reason: string, deeper?: object): object {
  return { type, reason, ...(deeper === undefined ? {} : { caused_by: deeper }) };
}

/** The path stands in the text that the injection framework of 2.4.6 writes over many lines, and once more below it. */
const GUICE = cause(
  'repository_exception',
  '[bitbucket-snapshots] failed to create repository',
  cause(
    'creation_exception',
    "Guice creation errors:\n\n1) Error injecting constructor, RepositoryException[[bitbucket-snapshots] location [/x] doesn't match any of the locations specified by path.repo]\n  at org.elasticsearch.repositories.fs.FsRepository.<init>(Unknown Source)\n\n1 error",
    cause(
      'repository_exception',
      "[bitbucket-snapshots] location [/x] doesn't match any of the locations specified by path.repo",
    ),
  ),
);

describe('the sentence of an error', () => {
  test.each<[string, object, string]>([
    [
      'of 2.4.6 has the outermost reason and the deepest one, and not what stands between',
      GUICE,
      "[bitbucket-snapshots] failed to create repository; [bitbucket-snapshots] location [/x] doesn't match any of the locations specified by path.repo.",
    ],
    [
      'says what is wrong with a path that is the whole reason',
      cause(
        'repository_verification_exception',
        '[bitbucket-snapshots] path  is not accessible on master node',
        cause(
          'repository_exception',
          '[bitbucket-snapshots] cannot create blob store',
          cause('access_denied_exception', '/DIR/repo-ro/x'),
        ),
      ),
      '[bitbucket-snapshots] path is not accessible on master node; access denied /DIR/repo-ro/x.',
    ],
    [
      'names the bucket that is missing',
      cause(
        'repository_verification_exception',
        '[s3] path [bb] is not accessible on cluster-manager node',
        cause(
          'i_o_exception',
          'Unable to upload object [bb/tests-1/master.dat] using a single upload',
          cause('no_such_bucket_exception', 'The specified bucket does not exist.'),
        ),
      ),
      '[s3] path [bb] is not accessible on cluster-manager node; The specified bucket does not exist.',
    ],
    [
      'does not say the same twice',
      cause(
        'repository_exception',
        '[a] location [/x] is wrong',
        cause('other', '[a] location [/x] is wrong'),
      ),
      '[a] location [/x] is wrong.',
    ],
    ['without a reason ends after the call', { type: 'null_pointer_exception', reason: null }, ''],
  ])('%s', (_what, error, words) => {
    const told = words === '' ? '.' : `: ${words}`;
    expect(failure(json(500, { error, status: 500 })).message).toBe(
      `${SAID} 500 to PUT /_snapshot/bitbucket-snapshots${told}`,
    );
  });

  test('of plugins and old versions may be words alone', () => {
    const { message, type } = failure(json(400, { error: 'no handler found for uri [/x]\nand more' }));
    expect(message).toMatch(/: no handler found for uri \[\/x\]\.$/);
    expect(type).toBeUndefined();
  });

  test('keeps the name that the server gave the error', () => {
    expect(failure(json(500, { error: GUICE })).type).toBe('repository_exception');
  });

  test('ends where a chain of causes does not', () => {
    let error = cause('deepest', 'the deepest of all');
    for (let depth = 0; depth < 50; depth += 1) {
      error = cause('middle', `level ${depth} of many`, error);
    }
    expect(failure(json(500, { error })).message).toMatch(/: level 49 of many; level 38 of many\.$/);
  });

  test.each<[string, Partial<SearchAnswer>]>([
    ['an HTML page', { status: 502, contentType: 'text/html', text: '<html><h1>Bad gateway</h1></html>' }],
    ['nothing', { status: 502, text: '' }],
    ['a list', json(502, [1])],
    ['null', json(502, null)],
    ['a number for words', json(502, { message: 5 })],
  ])('of %s is the status alone', (_what, answer) => {
    expect(failure(answer).message).toBe(`${SAID} 502 to PUT /_snapshot/bitbucket-snapshots.`);
  });

  test('is cut, and has no control characters, where the answer is huge or wild', () => {
    const { message } = failure({
      contentType: 'text/plain',
      text: `\u001b[31mred\n${'x'.repeat(1_000_000)}`,
    });
    expect(message).toMatch(/: red x+\.$/);
    expect(message.length).toBeLessThan(600);
  });
});

describe('asking again', () => {
  test.each<[number, string, boolean]>([
    [429, 'es_rejected_execution_exception', true],
    [503, 'cluster_block_exception', true],
    [503, 'concurrent_snapshot_execution_exception', true],
    [500, 'null_pointer_exception', true],
    [501, 'anything', false],
    [500, 'repository_verification_exception', false],
    [500, 'snapshot_restore_exception', false],
    [500, 'access_denied_exception', false],
    [500, 'illegal_argument_exception', false],
    [400, 'invalid_snapshot_name_exception', false],
    [404, 'snapshot_missing_exception', false],
  ])('after %i %s: %s', (status, type, retryable) => {
    expect(failure(json(status, { error: cause(type, 'for a reason') }))).toMatchObject({
      code: 'SEARCH_FAILED',
      status,
      type,
      retryable,
      maybeSent: true,
      advice: 'Look into the log of the search server for the time of this call.',
    });
  });

  test.each([200, 201, 204])('a %i is no failure', (status) => {
    const answer = { status, contentType: 'text/html', location: '', text: '<html>' };
    expect(failureOfAnswer(answer, ASKED)).toBeUndefined();
  });
});

function tooLate(body: string): { words: string; advice: string } {
  return { words: `${body} it is`, advice: 'Set the clock.' };
}

describe('a refusal', () => {
  test('in plain text, as security plugins send it, asks for the password', () => {
    const error = failure({ status: 401, contentType: 'text/plain; charset=UTF-8', text: 'Unauthorized' });
    expect(error).toMatchObject({ code: 'AUTH_FAILED', status: 401, retryable: false });
    expect(error.message).toBe(`The search server ${ASKED.url} rejected user 'backup' (401): Unauthorized.`);
    expect(error.advice).toBe('Check elasticsearch-username and elasticsearch-password.');
  });

  test('of a user without the right names user, call and right', () => {
    const reason =
      'action [cluster:admin/repository/put] is unauthorized for user [reader] with roles [viewer], this action is granted by the cluster privileges [manage,all]';
    const error = failure(json(403, { error: cause('security_exception', reason), status: 403 }));
    expect(error).toMatchObject({ code: 'AUTH_FORBIDDEN', type: 'security_exception', retryable: false });
    expect(error.message).toBe(
      `The search server ${ASKED.url} does not let user 'backup' do PUT /_snapshot/bitbucket-snapshots (403): ${reason}.`,
    );
    expect(error.advice).toContain('manage_snapshots');
  });

  test.each(['message', 'Message'])("by Amazon's front in '%s' is told by its first line", (key) => {
    const text =
      'The request signature we calculated does not match.\n\nThe Canonical String was\nx-amz-security-token:T0KEN';
    const error = failure(json(403, { [key]: text }));
    expect(error.message).toContain('(403): The request signature we calculated does not match.');
    expect(everythingOf(error)).not.toContain('T0KEN');
  });

  test('that the signer understands is told in its words', () => {
    const error = failure({ status: 403, text: 'late' }, { explain: tooLate, who: 'access key AKIA1' });
    expect(error).toMatchObject({ code: 'AUTH_FORBIDDEN', advice: 'Set the clock.' });
    expect(error.message).toBe(`The search server ${ASKED.url} refused access key AKIA1 (403): late it is.`);
  });

  test('that the signer does not understand is told as any other', () => {
    const error = failure({ status: 401 }, { explain: () => undefined });
    expect(error).toMatchObject({ code: 'AUTH_FAILED' });
  });
});

describe('a redirect', () => {
  test.each([
    ['https://login.example.com/sso?token=T0KEN#T0KEN', 'https://login.example.com/sso'],
    ['https://u:T0KEN@login.example.com/', 'https://login.example.com/'],
    ['/elsewhere', `${ASKED.url}/elsewhere`],
    ['http://[', 'nowhere'],
  ])('to %s is told without what could be secret', (location, where) => {
    const error = failure({ status: 302, location });
    expect(error).toMatchObject({ code: 'UNEXPECTED_REDIRECT', status: 302, retryable: false });
    expect(error.message).toBe(
      `The search server ${ASKED.url}${ASKED.path} redirects to ${where}; nothing was sent there.`,
    );
    expect(everythingOf(error)).not.toContain('T0KEN');
  });
});
