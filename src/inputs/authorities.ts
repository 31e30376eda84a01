/** Reads the certificate authorities of `ca-file`, which count for every server that is talked to by TLS. */
import { readFileSync } from 'node:fs';
import { asError } from '../errors.ts';
import { holdsCertificate } from '../host/network/certificates.ts';
import type { InputReader } from './reader.ts';

/** @returns PEM; undefined when the input is empty or wrong */
export function readAuthorities(inputs: InputReader): string | undefined {
  const path = inputs.optionalPath('ca-file');
  // '/' stands in for a path that was refused already.
  if (path === undefined || path === '/') {
    return undefined;
  }
  try {
    const pem = readFileSync(path, 'utf8');
    if (holdsCertificate(pem)) {
      return pem;
    }
    inputs.problem('ca-file', `names ${path}, which holds no PEM certificate.`);
  } catch (error) {
    inputs.problem('ca-file', `cannot be read: ${asError(error).message}.`);
  }
  return undefined;
}
