import { describe, expect, it } from 'vitest';
import { RsyncComplaints } from '../../../src/home/rsync-complaints.ts';
import { isTooOld, parseRsyncVersion } from '../../../src/home/rsync-program.ts';
import { parseProgress, StatsCollector } from '../../../src/home/rsync-stats.ts';

describe('statistics', () => {
  it('are read from the end of the output', () => {
    const collector = new StatsCollector();
    for (const line of [
      'Number of files: 304 (reg: 301, dir: 2, special: 1)',
      'Number of created files: 303 (reg: 300, dir: 3)',
      'Number of deleted files: 0',
      'Number of regular files transferred: 299',
      'Total file size: 6000003 bytes',
      'Total transferred file size: 5000000 bytes',
      'File list generation time: 0.003 seconds',
      'sent 5909 bytes  received 964 bytes  13746.00 bytes/sec',
    ]) {
      collector.line(line);
    }
    expect(collector.stats()).toEqual({
      entries: 304,
      regularFiles: 301,
      createdFiles: 303,
      transferredFiles: 299,
      totalBytes: 6_000_003,
      transferredBytes: 5_000_000,
    });
  });

  it('are missing when rsync did not print them all', () => {
    const collector = new StatsCollector();
    collector.line('Number of files: 304 (reg: 301, dir: 2, special: 1)');
    expect(collector.stats()).toBeUndefined();
  });
});

describe('progress lines', () => {
  it.each([
    [
      '     1238099 100%  146.38kB/s    0:00:08 (xfr#5, to-chk=169/396)  ',
      { bytes: 1_238_099, filesTransferred: 5, checked: 227, listed: 396, listComplete: true },
    ],
    [
      '           0   0%    0.00kB/s    0:00:00 (xfr#1, ir-chk=1000/2000)',
      { bytes: 0, filesTransferred: 1, checked: 1_000, listed: 2_000, listComplete: false },
    ],
    ['       20000   0%    0.00kB/s    0:00:00  ', undefined],
    ['Number of files: 304 (reg: 301)', undefined],
  ])('%s', (line, expected) => {
    expect(parseProgress(line)).toEqual(expected);
  });
});

describe('complaints', () => {
  it.each([
    'file has vanished: "/home/shared/data/repositories/1/objects/ab/tmp_obj_1"',
    'directory has vanished: "/home/shared/data/repositories/1/objects/ab"',
    'rsync: [sender] get_acl: sys_acl_get_file(shared/x, ACL_TYPE_ACCESS): No such file or directory (2)',
    'rsync: [sender] read errors mapping "/home/shared/x": No data available (61)',
    'rsync: readlink_stat("/home/shared/x") failed: Stale file handle (116)',
    'ERROR: shared/x failed verification -- update discarded.',
  ])('a file that went away is not a failure: %s', (line) => {
    const complaints = new RsyncComplaints('/home');
    complaints.line(line);
    expect([complaints.vanishedCount, complaints.failedCount]).toEqual([1, 0]);
  });

  it.each([
    'rsync: [sender] send_files failed to open "/home/x": Permission denied (13)',
    'rsync: [sender] change_dir "/home" failed: No such file or directory (2)',
    'rsync: [sender] link_stat "/home/." failed: No such file or directory (2)',
    'rsync: [receiver] read errors mapping "/home/x": Input/output error (5)',
  ])('all else is: %s', (line) => {
    const complaints = new RsyncComplaints('/home');
    complaints.line(line);
    expect([complaints.vanishedCount, complaints.failedCount]).toEqual([0, 1]);
    expect(`rsync: [sender] ${complaints.failed()}`.replace('[sender]', '')).toContain(line.slice(-20));
  });

  it.each([
    'rsync error: some files/attrs were not transferred (see previous errors) (code 23) at main.c(1394) [sender=3.5.0]',
    'rsync warning: some files vanished before they could be transferred (code 24) at main.c(1394) [sender=3.2.7]',
    'IO error encountered -- skipping file deletion',
    'WARNING: shared/x failed verification -- update discarded (will try again).',
  ])('what only sums up is not counted: %s', (line) => {
    const complaints = new RsyncComplaints('/home');
    complaints.line(line);
    expect([complaints.vanishedCount, complaints.failedCount]).toEqual([0, 0]);
  });
});

describe('version', () => {
  it.each([
    [
      'rsync  version 3.2.7  protocol version 31\n  append, ACLs, xattrs,',
      { version: '3.2.7', acls: true, xattrs: true },
    ],
    [
      'rsync  version v3.1.3  protocol version 31\n    no ACLs, no xattrs',
      { version: '3.1.3', acls: false, xattrs: false },
    ],
    [
      'openrsync: protocol version 29\nrsync version 2.6.9 compatible',
      { version: '2.6.9', acls: false, xattrs: false },
    ],
    ['something else', { version: 'unknown', acls: false, xattrs: false }],
  ])('%j', (text, expected) => {
    expect(parseRsyncVersion(text)).toEqual(expected);
  });

  it.each([
    ['2.6.9', true],
    ['3.0.9', true],
    ['3.1.2', true],
    ['3.1.3', false],
    ['3.2.0', false],
    ['3.10.0pre1', false],
    ['4.0.0', false],
    ['unknown', true],
  ])('%s is too old: %s', (version, expected) => {
    expect(isTooOld(version)).toBe(expected);
  });
});
