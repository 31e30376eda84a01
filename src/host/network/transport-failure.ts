/** Why a server could not be talked to, in words, from what Node and undici throw. */
import { proxyVariables } from './proxy.ts';

export interface TransportFailure {
  /** Such as `ECONNREFUSED`. */
  readonly code: string;
  /** The code with the address, where the error names one. */
  readonly reason: string;
  /** What is wrong with the server's certificate, and what would help where another authority would not. */
  readonly tls?: { readonly reason: string; readonly cure: string | undefined };
  /** Could the request have reached the server? */
  readonly maybeSent: boolean;
}

/** Errors that arise before a byte of the request is sent. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const TLS_REASONS: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate chain ends in an unknown authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the issuer of its certificate is unknown',
  UNABLE_TO_GET_ISSUER_CERT: 'the issuer of its certificate is unknown',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the issuer of its certificate is unknown',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
};

/** @param urlInput the input that names the server */
export function transportFailureOf(error: Error, urlInput: string): TransportFailure {
  const code = systemCode(error);
  const tlsReason = TLS_REASONS[code];
  return {
    code,
    reason: `${code}${addressIn(error)}`,
    ...(tlsReason === undefined ? {} : { tls: { reason: tlsReason, cure: tlsCures(urlInput)[code] } }),
    maybeSent: tlsReason === undefined && !NEVER_SENT.has(code),
  };
}

/** Where another authority would not help. */
function tlsCures(urlInput: string): Readonly<Record<string, string>> {
  return {
    CERT_HAS_EXPIRED: "Renew the server's certificate, and check the clock of this machine.",
    CERT_NOT_YET_VALID: "Check the clock of this machine and the dates of the server's certificate.",
    ERR_TLS_CERT_ALTNAME_INVALID: `Set ${urlInput} to a host name that the certificate is made for.`,
  };
}

function systemCode(error: Error): string {
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    if ('code' in current && typeof current.code === 'string') {
      return current.code;
    }
    // Both address families failed: the first one tells enough.
    if (current instanceof AggregateError && current.errors[0] instanceof Error) {
      return systemCode(current.errors[0]);
    }
  }
  return error.name;
}

function addressIn(error: Error): string {
  const address = /\d+\.\d+\.\d+\.\d+:\d+|\[?[0-9a-f:]*::[0-9a-f]*\]?:\d+/.exec(error.message)?.[0];
  return address === undefined ? '' : ` ${address}`;
}

/** Proxy variables of the runner are easily forgotten. Their values can hold a password: only the name is told. */
export function viaProxy(): string {
  const set = proxyVariables();
  return set.length === 0 ? '' : `; ${set.join(', ')} is set, and NO_PROXY can name hosts to reach directly`;
}
