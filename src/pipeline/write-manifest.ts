/** The manifest: last file of the working copy, first that a restore reads. */
import { hostname } from 'node:os';
import { join } from 'node:path';
import { PRODUCT } from '../host/product.ts';
import { writePrivateFile } from '../host/private-file.ts';
import { buildManifest, manifestJson } from '../report/manifest.ts';
import { MANIFEST_NAME } from './manifest-name.ts';
import type { BackupRun } from './backup-run.ts';

export async function writeManifest(run: BackupRun): Promise<void> {
  const { options, timeline, found, backupId, client, archive } = run;
  const { parts } = found;
  if (parts === undefined) {
    throw new TypeError('The parts are settled before the manifest is written.');
  }
  const repository = process.env['GITHUB_REPOSITORY'];
  const runId = process.env['GITHUB_RUN_ID'];
  const manifest = buildManifest({
    product: PRODUCT,
    backupId,
    instanceName: options.instanceName,
    bitbucket: { url: client.url, version: found.bitbucketVersion ?? 'unknown' },
    timeline,
    parts,
    exclusions: parts.home.excluded ?? { patterns: [], repositories: [] },
    tools: { ...archive.tools(), ...parts.home.tools, ...parts.database.tools, ...parts.search.tools },
    runner: { hostname: hostname(), platform: `${process.platform} ${process.arch}` },
    ...(repository && runId ? { github: { repository, runId } } : {}),
  });
  const path = join(options.backupRoot, MANIFEST_NAME);
  await timeline.span('settle', 'write manifest', () => {
    writePrivateFile(path, manifestJson(manifest), run.runId);
    return Promise.resolve();
  });
  found.manifestPath = path;
}
