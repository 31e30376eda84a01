/** Reads how Bitbucket is reached and who we are there; every action that talks to it reads the same inputs. */
import type { Connection, Credentials } from '../bitbucket/connection.ts';
import { readAuthorities } from '../inputs/authorities.ts';
import { isLoopback } from '../inputs/input-values.ts';
import type { InputReader } from '../inputs/reader.ts';

export function readConnection(inputs: InputReader): Connection {
  const url = inputs.url('bitbucket-url');
  const insecureAllowed = inputs.boolean('allow-insecure-http');
  if (
    url.protocol === 'http:' &&
    !insecureAllowed &&
    !isLoopback(url.hostname) &&
    !url.hostname.endsWith('.invalid')
  ) {
    inputs.problem(
      'bitbucket-url',
      `would send the password readable over http to ${url.hostname}; use https://, or set allow-insecure-http: true.`,
    );
  }
  if (process.env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
    inputs.problem(
      'bitbucket-url',
      'cannot be trusted while NODE_TLS_REJECT_UNAUTHORIZED=0 is set; remove that variable and use ca-file.',
    );
  }
  const credentials = readCredentials(inputs);
  const ca = readAuthorities(inputs);
  return {
    url: url.href.replace(/\/$/, ''),
    credentials,
    ...(ca === undefined ? {} : { ca }),
  };
}

function readCredentials(inputs: InputReader): Credentials {
  const username = inputs.text('bitbucket-username');
  const password = inputs.secret('bitbucket-password');
  const token = inputs.secret('bitbucket-token');
  if (token !== undefined) {
    if (username !== '' || password !== undefined) {
      inputs.problem(
        'bitbucket-token',
        'excludes bitbucket-username and bitbucket-password; set one or the other.',
      );
    }
    return { kind: 'bearer', token };
  }
  const fromSecrets = 'is empty; pass the secret (forks and other environments do not get it)';
  if (username === '' && password === undefined) {
    inputs.problem('bitbucket-username', 'is empty; set it and bitbucket-password, or bitbucket-token.');
  } else if (username === '') {
    inputs.problem('bitbucket-username', 'is empty, and bitbucket-password needs it; set it.');
  } else if (password === undefined) {
    inputs.problem('bitbucket-password', `${fromSecrets}, or use bitbucket-token.`);
  }
  if (username.includes(':')) {
    inputs.problem('bitbucket-username', 'holds a colon, which basic authentication cannot carry.');
  }
  return { kind: 'basic', username, password: password ?? '' };
}
