/** Uploads files as an artifact of the workflow run. A server without artifacts costs a warning, not a backup. */
import { basename, dirname } from 'node:path';
import { asError } from '../errors.ts';
import type { Log } from './log.ts';

/** Loaded when needed: the artifact client is larger than everything else together. */
export async function uploadArtifact(name: string, path: string, log: Log): Promise<void> {
  if (!process.env['ACTIONS_RUNTIME_TOKEN']) {
    log.info(`No artifact service here; ${path} stays on this machine only.`);
    return;
  }
  try {
    const { DefaultArtifactClient } = await import('@actions/artifact');
    const client = new DefaultArtifactClient();
    const { id } = await client.uploadArtifact(name, [path], dirname(path));
    log.info(`Uploaded ${basename(path)} as artifact ${name} (${id ?? 'no id'})`);
  } catch (error) {
    log.warning(`${basename(path)} was not uploaded as an artifact: ${asError(error).message}`);
  }
}
