/** How Bitbucket is reached and who we are there. */
import type { Dispatcher } from 'undici';

export type Credentials =
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string }
  /** For the few questions that anybody may ask. */
  | { readonly kind: 'none' };

export interface Connection {
  /** Base URL without a trailing slash; may have a context path. */
  readonly url: string;
  readonly credentials: Credentials;
  /** Further certificate authorities, PEM. */
  readonly ca?: string;
}

/** @returns undefined without credentials */
export function authorizationHeader(credentials: Credentials): string | undefined {
  switch (credentials.kind) {
    case 'basic': {
      const pair = Buffer.from(`${credentials.username}:${credentials.password}`, 'utf8');
      return `Basic ${pair.toString('base64')}`;
    }
    case 'bearer':
      return `Bearer ${credentials.token}`;
    case 'none':
      return undefined;
  }
}

/** Who we are, for messages: never the secret. */
export function describeCredentials(credentials: Credentials): string {
  switch (credentials.kind) {
    case 'basic':
      return `user '${credentials.username}'`;
    case 'bearer':
      return 'the access token';
    case 'none':
      return 'nobody';
  }
}

export type HttpMethod = Extract<Dispatcher.HttpMethod, 'GET' | 'POST' | 'DELETE'>;
