/** Further certificate authorities, beside those that Node brings and those of the machine. */
import { getCACertificates } from 'node:tls';

/** Giving `ca` to TLS replaces the defaults, so they are named too. */
export function trustedAuthorities(extraPem: string): string[] {
  return [...getCACertificates('default'), ...getCACertificates('system'), extraPem];
}
