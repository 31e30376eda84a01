/** The entry of a user in the file that Elasticsearch reads its own users from; its program for that takes 2 seconds. */
import { pbkdf2Sync, randomBytes } from 'node:crypto';

/** Few, since a test server is no target and hashes at every request. */
const ITERATIONS = 1000;
const BYTES = 32;

export function hashedPassword(password: string): string {
  const salt = randomBytes(BYTES);
  const hash = pbkdf2Sync(password, salt, ITERATIONS, BYTES, 'sha512');
  return `{PBKDF2}${ITERATIONS}$${salt.toString('base64')}$${hash.toString('base64')}`;
}
