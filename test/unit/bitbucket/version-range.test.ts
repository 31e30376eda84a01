import { expect, test } from 'vitest';
import { versionFindings } from '../../../src/bitbucket/version-range.ts';

test.each(['4.0.0', '4.14.3', '7.21.0', '8.19.12', '9.4.1', '10.2.0', '10.0.0-rc1'])(
  '%s is known',
  (version) => {
    expect(versionFindings(version)).toEqual([]);
  },
);

test.each(['1.0.0', '3.11.1'])('%s is too old', (version) => {
  const [finding] = versionFindings(version);
  expect(finding).toMatchObject({ severity: 'error', subject: 'bitbucket-url' });
  expect(finding?.message).toContain(`Bitbucket ${version} is too old`);
});

test.each(['11.0.0', '12.1'])('%s is newer than what was tried, which is a warning', (version) => {
  const [finding] = versionFindings(version);
  expect(finding).toMatchObject({ severity: 'warning', subject: 'bitbucket-url' });
  expect(finding?.message).toContain(version);
});
