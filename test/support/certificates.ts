/** Certificates for servers on loopback, made with openssl. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from './program.ts';

export interface Certificate {
  /** Both PEM. */
  readonly key: string;
  readonly cert: string;
}

export interface CertificateOptions {
  /** As in openssl's `subjectAltName`. */
  readonly names?: string;
  /** From now; negative for one that has expired. */
  readonly days?: number;
}

/** Signed with its own key, so it is its own authority. @param folder takes the files; they stay there */
export async function makeCertificate(
  folder: string,
  { names = 'IP:127.0.0.1,DNS:localhost', days = 1 }: CertificateOptions = {},
): Promise<Certificate> {
  const path = (name: string): string => join(folder, name);
  await writeFile(path('names'), `subjectAltName=${names}\n`);
  const make = 'req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=test'.split(' ');
  await runProgram('openssl', [...make, '-keyout', path('key.pem'), '-out', path('request.pem')]);
  const sign = [
    'x509',
    '-req',
    '-in',
    path('request.pem'),
    '-signkey',
    path('key.pem'),
    '-days',
    String(days),
  ];
  // `openssl req -x509` takes no negative number of days, `openssl x509` does.
  await runProgram('openssl', [...sign, '-extfile', path('names'), '-out', path('cert.pem')]);
  return {
    key: await readFile(path('key.pem'), 'utf8'),
    cert: await readFile(path('cert.pem'), 'utf8'),
  };
}
