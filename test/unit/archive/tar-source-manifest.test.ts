import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Compression } from '../../../src/archive/names.ts';
import { liveGroups } from '../../../src/host/process-groups.ts';
import { compressed, HOME, never, openSource } from '../../support/archive-source.ts';
import { craftTar } from '../../support/crafted-archives.ts';
import { failureOf } from '../../support/failure.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
});

afterEach(() => {
  vi.unstubAllEnvs();
  expect(liveGroups()).toEqual([]);
});

function lay(bytes: Buffer): string {
  const path = join(folder, 'x.tar');
  writeFileSync(path, bytes);
  return path;
}

describe('the manifest', () => {
  const home = { name: 'bitbucket-home/a', content: 'x'.repeat(100_000) };
  const manifest = { name: 'manifest.json', content: '{"last":true}' };

  test.each<Compression>(['zstd', 'gzip', 'none'])('is found when it comes last: %s', async (compression) => {
    const { source } = await openSource(lay(await compressed(craftTar([home, manifest]), compression)));
    expect(await source.peekManifest(never)).toBe(manifest.content);
    expect(await source.readManifest(await source.verify([HOME], never), never)).toBe(manifest.content);
  });

  test("is found behind Atlassian's ./", async () => {
    const dotted = craftTar([home, manifest].map((member) => ({ ...member, name: `./${member.name}` })));
    const { source } = await openSource(lay(dotted));
    expect(await source.readManifest(await source.verify([HOME], never), never)).toBe(manifest.content);
  });

  test('is missing where there is none', async () => {
    const { source } = await openSource(lay(craftTar([home])));
    expect(await source.peekManifest(never)).toBeUndefined();
    expect(await source.readManifest(await source.verify([HOME], never), never)).toBeUndefined();
  });

  test('is not awaited in an archive that is read for too long', async () => {
    const slow = join(folder, 'slow');
    mkdirSync(slow);
    writeFileSync(join(slow, 'zstd'), '#!/bin/sh\nexec /bin/sleep 60\n', { mode: 0o755 });
    const path = lay(await compressed(craftTar([home, manifest]), 'zstd'));
    vi.stubEnv('PATH', `${slow}:${process.env['PATH']}`);
    const { source } = await openSource(path);
    const begun = performance.now();
    expect(await source.peekManifest(never)).toBeUndefined();
    expect(performance.now() - begun).toBeLessThan(8_000);
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('stop')), 100);
    await expect(source.peekManifest(stop.signal)).rejects.toThrow('stop');
  });

  test('that would fill memory is no manifest', async () => {
    const bomb = { name: 'manifest.json', content: Buffer.alloc(40_000_000, '1') };
    const { source } = await openSource(lay(await compressed(craftTar([bomb, home]), 'zstd')));
    expect((await source.peekManifest(never))?.length).toBeUndefined();
    const error = await failureOf(source.readManifest(await source.verify([HOME], never), never));
    expect(error.code).toBe('MANIFEST_INVALID');
  });
});
