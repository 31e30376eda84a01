import { statfsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileSystemKind } from '../../../../src/home/scan/file-systems.ts';
import { mountDisk, mountTmpfs } from '../../../support/mounts.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

describe('fileSystemKind', () => {
  it('knows ext4 as the kernel numbers it', async () => {
    expect(fileSystemKind(statfsSync(await mountDisk()).type)).toBe('local');
  });

  it('does not rely on tmpfs, nor on what it does not know', async () => {
    const path = await mountTmpfs(join(temporaryFolder(), 'mounted'));
    expect(fileSystemKind(statfsSync(path).type)).toBeUndefined();
    expect(fileSystemKind(statfsSync('/proc').type)).toBeUndefined();
    expect(fileSystemKind(0)).toBeUndefined();
  });

  it('reads a number that the machine has made negative', () => {
    expect(fileSystemKind(0x9123683e - 2 ** 32)).toBe('local');
    expect(fileSystemKind(0x9123683e)).toBe('local');
  });

  it('takes what a server keeps for a network', () => {
    expect([0x6969, 0x65735546, 0x00c36400].map(fileSystemKind)).toEqual(['network', 'network', 'network']);
  });
});
