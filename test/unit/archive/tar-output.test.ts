import { describe, expect, it } from 'vitest';
import { checksumLine } from '../../../src/archive/checksum-file.ts';
import { archiveStrategies } from '../../../src/archive/registry.ts';
import { TarOutput } from '../../../src/archive/tar-output.ts';
import { ConfigurationError } from '../../../src/errors.ts';
import { createInputReader } from '../../contract/input-reader.ts';

describe('what tar says', () => {
  it('is progress in records of 10 KiB, or a complaint', () => {
    const output = new TarOutput();
    output.line('tar: Write checkpoint 3277');
    output.line('/usr/bin/tar: bitbucket-home/x: file changed as we read it');
    output.line('tar: Write checkpoint 6554');
    output.line('tar: Exiting with failure status due to previous errors');
    expect(output.bytesRead).toBe(6_554 * 10_240);
    expect(output.complaints()).toBe(
      'bitbucket-home/x: file changed as we read it | Exiting with failure status due to previous errors',
    );
  });

  it('is cut when it is too much', () => {
    const output = new TarOutput();
    for (let number = 1; number <= 30; number += 1) {
      output.line(`tar: file-${number}: Cannot open: Permission denied`);
    }
    expect(output.complaints().match(/Cannot open/g)).toHaveLength(20);
    expect(output.complaints()).toMatch(/\| and 10 more$/);
  });
});

describe('inputs', () => {
  it('are read strictly, with all problems in one go', async () => {
    expect(Object.keys(archiveStrategies)).toEqual(['tar']);
    const definition = await archiveStrategies.tar();
    const reader = createInputReader({ 'archive-root': 'relative', 'archive-compression': 'zst' });
    definition.read(reader);
    let message = '';
    try {
      reader.finish();
    } catch (error) {
      message = error instanceof ConfigurationError ? error.message : '';
    }
    expect(message).toMatch(
      /2 problems .*'archive-root' is 'relative'.*'archive-compression' is 'zst'.*did you mean zstd/,
    );
  });
});

it('writes a checksum as sha256sum does', () => {
  expect(checksumLine('abc', 'x.tar')).toBe('abc  x.tar\n');
});
