/** Signs requests to Amazon's search services (AWS Signature Version 4), so that the account's policies decide on them. */
import type { Log } from '../../host/log.ts';
import { createCredentials } from './credentials.ts';
import type { AmazonService } from './endpoint.ts';
import { signedQuery } from './signed-query.ts';

export interface SignableRequest {
  readonly method: string;
  /** As it is sent: what is encoded in its path, and how, is part of the signature. */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

export interface Signer {
  /**
   * @returns all headers to send, names in lower case; valid for five minutes
   * @throws ActionError when there are no credentials
   */
  sign(request: SignableRequest): Promise<Record<string, string>>;
}

export interface SignerOptions {
  readonly region: string;
  readonly service: AmazonService;
  readonly log: Log;
  /** Told every secret part of the credentials before its first use; they can change while a snapshot runs. */
  readonly onSecret: (secret: string) => void;
}

/**
 * Loads Amazon's libraries only here, so that nobody else pays for them.
 *
 * Amazon takes the path as it came and encodes it once more, for all services but S3: `*` is signed as `%2A`, `%2A` as
 * `%252A`.
 */
export async function createSigner(options: SignerOptions): Promise<Signer> {
  const { SignatureV4 } = await import('@smithy/signature-v4');
  const { Sha256 } = await import('@aws-crypto/sha256-js');
  const signature = new SignatureV4({
    credentials: await createCredentials(options),
    region: options.region,
    service: options.service,
    sha256: Sha256,
    uriEscapePath: true,
    // `X-Amz-Content-Sha256`: OpenSearch Serverless asks for it, the other does not mind.
    applyChecksum: true,
  });
  return {
    sign: async ({ method, url, headers, body }) => {
      const signed = await signature.sign(
        {
          method: method.toUpperCase(),
          protocol: url.protocol,
          hostname: url.hostname,
          path: url.pathname,
          query: signedQuery(url),
          headers: { ...lowerCase(headers), host: url.host },
          body,
        },
        { unsignableHeaders: UNSIGNED },
      );
      return signed.headers;
    },
  };
}

/** Proxies alter the first two on the way; the third OpenSearch Serverless refuses to have signed. */
const UNSIGNED = new Set(['accept', 'accept-encoding', 'content-length']);

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
