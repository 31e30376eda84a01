import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { archiveName, formatBackupId, parseArchiveName } from '../../../src/archive/names.ts';

describe('names of backups', () => {
  it('hold the moment in UTC to the millisecond', () => {
    const id = formatBackupId('bitbucket', new Date('2026-11-22T02:13:05.007Z'));
    expect(id).toBe('bitbucket-20261122-021305-007');
    expect(archiveName(id, 'zstd')).toBe('bitbucket-20261122-021305-007.tar.zst');
    expect(archiveName(id, 'gzip')).toBe('bitbucket-20261122-021305-007.tar.gz');
    expect(archiveName(id, 'none')).toBe('bitbucket-20261122-021305-007.tar');
  });

  it('are read back, whatever the instance and the moment', () => {
    const dates = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    const instances = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/);
    fc.assert(
      fc.property(
        instances,
        dates,
        fc.constantFrom('zstd', 'gzip', 'none'),
        (instance, date, compression) => {
          const backupId = formatBackupId(instance, date);
          const name = archiveName(backupId, compression);
          expect(parseArchiveName(name, instance)).toEqual({ name, backupId, date });
          expect(parseArchiveName(name, `${instance}x`)).toBeUndefined();
        },
      ),
    );
  });

  it.each([
    'bitbucket-mesh-20261122-021305-007.tar.zst',
    'bitbucket-20261122-021305-007',
    'bitbucket-20261122-021305-007.tar.zst.sha256',
    '.bitbucket-20261122-021305-007.tar.zst.partial-0123456789abcdef',
    'bitbucket-20261122-021305-007.tar.zst.partial',
    'bitbucket-20261122-021305-007.tar.xz',
    'bitbucket-20261122-021305.tar.gz',
    'bitbucket-20260231-021305-007.tar.gz',
    'bitbucket-20261122-251305-007.tar.gz',
    'bitbucket-20261122-021305-007.tar.gz\n',
    'Bitbucket-20261122-021305-007.tar.gz',
    'xbitbucket-20261122-021305-007.tar.gz',
    'bitbucket-20261122-021305-0071.tar.gz',
  ])('%j is no archive of bitbucket', (name) => {
    expect(parseArchiveName(name, 'bitbucket')).toBeUndefined();
  });

  it('takes no character of the instance for a pattern', () => {
    expect(parseArchiveName('bitbucketX1-20261122-021305-007.tar', 'bitbucket.1')).toBeUndefined();
    expect(parseArchiveName('bitbucket.1-20261122-021305-007.tar', 'bitbucket.1')).toBeDefined();
  });
});
