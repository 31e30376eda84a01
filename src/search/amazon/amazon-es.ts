/** `amazon-es`: snapshots into a bucket by Amazon OpenSearch Service, which wants its requests signed. */
import { readAuthorities } from '../../inputs/authorities.ts';
import type { InputReader } from '../../inputs/reader.ts';
import type { Log } from '../../host/log.ts';
import type { StrategyDefinition } from '../../strategies/contract.ts';
import type { RestoreDefinition } from '../../strategies/restore.ts';
import { readSigningRegion } from '../repository-inputs.ts';
import { readSearchSettings, type SearchSettings } from '../search-settings.ts';
import { SnapshotBackup } from '../snapshot-backup.ts';
import { SnapshotRestore } from '../snapshot-restore.ts';
import { type AmazonService, serviceOfHost, signingRegion } from './endpoint.ts';
import { requestSigner } from './request-signer.ts';

const STRATEGY = 'amazon-es';
/** Until `finish` throws for a region that is missing. */
const STAND_IN_REGION = 'us-east-1';

export const amazonEs: StrategyDefinition = {
  read: (inputs) => {
    const settingsFor = readAmazon(inputs, 'backup');
    return { create: (context) => new SnapshotBackup(settingsFor(context.log), context) };
  },
};

export const amazonEsRestore: RestoreDefinition = {
  read: (inputs) => {
    const settingsFor = readAmazon(inputs, 'restore');
    return { create: (context) => new SnapshotRestore(settingsFor(context.log), context) };
  },
};

/** @returns the settings, once there is a log to tell of where credentials come from */
function readAmazon(inputs: InputReader, action: 'backup' | 'restore'): (log: Log) => SearchSettings {
  const ca = readAuthorities(inputs);
  const settings = readSearchSettings(inputs, { strategy: STRATEGY, action, ca });
  const region = readSigningRegion(inputs);
  const { connection } = settings;
  if (connection.credentials.kind === 'basic') {
    if (region !== undefined) {
      inputs.problem(
        'elasticsearch-region',
        'is for signed requests, and elasticsearch-username is set; remove one of the two.',
      );
    }
    return () => settings;
  }
  const signing = readSigning(inputs, new URL(connection.url), region);
  return (log) => ({
    ...settings,
    connection: {
      ...connection,
      credentials: {
        kind: 'signed',
        signer: requestSigner({ ...signing, log, onSecret: (secret) => inputs.mask(secret) }),
      },
    },
  });
}

function readSigning(
  inputs: InputReader,
  { hostname }: URL,
  region: string | undefined,
): { readonly service: AmazonService; readonly region: string } {
  const signedFor = signingRegion(hostname, { region, environment: process.env });
  if (signedFor === undefined) {
    inputs.problem(
      'elasticsearch-region',
      `is empty, and neither the host name '${hostname}' nor AWS_REGION tells the region; set it.`,
    );
  }
  return { service: serviceOfHost(hostname) ?? 'es', region: signedFor ?? STAND_IN_REGION };
}
