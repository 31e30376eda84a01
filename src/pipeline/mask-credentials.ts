/** Keeps what we log in with out of everything that is printed. */
import type { Credentials } from '../bitbucket/connection.ts';
import type { Redactor } from '../host/redactor.ts';

export function maskCredentials(redactor: Redactor, credentials: Credentials): void {
  switch (credentials.kind) {
    case 'basic':
      redactor.addBasicCredentials(credentials.username, credentials.password);
      return;
    case 'bearer':
      redactor.add(credentials.token);
      return;
    case 'none':
  }
}
