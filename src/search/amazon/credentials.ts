/** AWS credentials by the standard chain: environment, profile, web identity, container, instance role. */
import type { Log } from '../../host/log.ts';
import { credentialsFailure } from './credentials-failure.ts';
import { sdkLogger } from './sdk-log.ts';
import { tokenServiceAgent } from './token-service-agent.ts';

/** The token service is near, or behind a firewall that drops everything: then preflight must not hang for minutes. */
const CONNECT_MS = 3_000;
const REQUEST_MS = 5_000;

/**
 * Of the machine's own metadata service, at most twice: with a token, and where that gets no answer (a container on the
 * machine, one hop too far), without. So a machine outside Amazon's network costs two seconds.
 */
const METADATA_MS = 1_000;

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface CredentialsOptions {
  /** Of the search server: its partition's token service is asked, where the profile does not say otherwise. */
  readonly region: string;
  readonly log: Log;
  /** Told every secret part before it is used for the first time. */
  readonly onSecret: (secret: string) => void;
}

export type CredentialsProvider = () => Promise<Credentials>;

/**
 * The library keeps what it got, asks again from five minutes before it expires, and goes on with the old if that fails
 * for the moment: a snapshot outlives a session of one hour.
 *
 * @returns a provider that throws ActionError
 */
export async function createCredentials(options: CredentialsOptions): Promise<CredentialsProvider> {
  const { defaultProvider } = await import('@aws-sdk/credential-provider-node');
  const { NodeHttpHandler } = await import('@smithy/node-http-handler');
  const provider = defaultProvider({ logger: sdkLogger(options.log), timeout: METADATA_MS });
  const callerClientConfig = {
    region: async () => await Promise.resolve(options.region),
    requestHandler: new NodeHttpHandler({
      connectionTimeout: CONNECT_MS,
      requestTimeout: REQUEST_MS,
      throwOnRequestTimeout: true,
      httpsAgent: tokenServiceAgent(process.env, options.log),
    }),
  };
  const told = new Set<string>();
  return async () => {
    const credentials = await provider({ callerClientConfig }).catch((error: unknown): never => {
      throw credentialsFailure(error, process.env);
    });
    const { secretAccessKey, sessionToken } = credentials;
    for (const secret of [secretAccessKey, sessionToken]) {
      if (secret !== undefined && !told.has(secret)) {
        told.add(secret);
        options.onSecret(secret);
      }
    }
    return credentials;
  };
}
