import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { childEnvironment } from '../../../src/host/environment.ts';

test('what a program needs to find its way is passed on', () => {
  const own = { PATH: '/bin', HOME: '/root', TZ: 'UTC', RUNNER_TRACKING_ID: 'github_1', LANG: 'de_DE' };
  expect(childEnvironment({}, own)).toEqual({
    PATH: '/bin',
    HOME: '/root',
    TZ: 'UTC',
    RUNNER_TRACKING_ID: 'github_1',
    LC_ALL: 'C.UTF-8',
  });
});

test.each([
  'INPUT_BITBUCKET-PASSWORD',
  'NODE_OPTIONS',
  'LD_PRELOAD',
  'LD_LIBRARY_PATH',
  'BASH_ENV',
  'ENV',
  'GIT_DIR',
  'GITHUB_TOKEN',
  'ACTIONS_RUNTIME_TOKEN',
  'PGPASSWORD',
  'PGHOST',
  'RSYNC_RSH',
  'TAR_OPTIONS',
  'ZSTD_CLEVEL',
  'STATE_journal',
])('%s stays here', (name) => {
  expect(childEnvironment({}, { [name]: 'x' })).toEqual({ LC_ALL: 'C.UTF-8' });
});

test('no other variable than those that are listed ever gets through', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string()), (own) => {
      const passed = Object.keys(childEnvironment({}, own));
      const known =
        /^(PATH|HOME|USER|LOGNAME|TZ|TMPDIR|XDG_RUNTIME_DIR|KRB5CCNAME|KRB5_CONFIG|RUNNER_TRACKING_ID|LC_ALL)$/;
      expect(passed.filter((name) => !known.test(name))).toEqual([]);
    }),
  );
});

test('what a strategy passes wins', () => {
  const extra = { PGHOST: 'db', LC_ALL: 'C', PATH: '/usr/bin' };
  expect(childEnvironment(extra, { PATH: '/bin' })).toEqual(extra);
});
