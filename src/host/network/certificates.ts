/** Further certificate authorities, beside those that Node brings and those of the machine. */
import { X509Certificate } from 'node:crypto';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';

/**
 * Giving `ca` to TLS replaces the defaults, so they are named too. One context for all connections: it takes a tenth of a
 * second to make, and connections are opened while users are locked out.
 */
export function trustingContext(extraPem: string): SecureContext {
  const ca = [...getCACertificates('default'), ...getCACertificates('system'), extraPem];
  return createSecureContext({ ca });
}

/** Node would ignore a file that holds none, silently. */
export function holdsCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== undefined;
  } catch {
    return false;
  }
}
