/** Connections by undici as every client of ours wants them: through the usual proxies, to addresses looked up in time. */
import type { SecureContext } from 'node:tls';
import { type Dispatcher, EnvHttpProxyAgent } from 'undici';
import type { AddressBook } from './address.ts';
import { proxySettings } from './proxy.ts';

export interface TlsSettings {
  readonly secureContext?: SecureContext;
}

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * The usual proxy variables count: `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`, in both cases.
 * @param pipelining 0 closes the connection after each call
 */
export function createDispatcher(
  tls: TlsSettings,
  addresses: AddressBook,
  pipelining: 0 | 1,
): EnvHttpProxyAgent {
  return new EnvHttpProxyAgent({
    ...proxySettings(),
    pipelining,
    connect: { timeout: CONNECT_TIMEOUT_MS, lookup: addresses.lookup, ...tls },
    requestTls: { timeout: CONNECT_TIMEOUT_MS, ...tls },
    proxyTls: { timeout: CONNECT_TIMEOUT_MS, ...tls },
  });
}

/** Cut off there: an endless body must not fill memory. */
export async function boundedText(
  body: Dispatcher.ResponseData['body'],
  largestBytes: number,
): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const source: AsyncIterable<Buffer> = body;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > largestBytes) {
      break;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
