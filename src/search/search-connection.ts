/** Where the search server is and how we say who we are. */

export type SearchCredentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  | { readonly kind: 'signed'; readonly signer: RequestSigner };

/** Signs each call by itself, as Amazon's services want it. */
export interface RequestSigner {
  /** Such as `access key AKIA..., service es, region eu-central-1`; for messages. */
  readonly who: string;
  /** @returns the headers to send. @throws ActionError when there are no credentials */
  sign(request: SignableRequest): Promise<Readonly<Record<string, string>>>;
  /** What the body of a 403 means where it comes from Amazon and not from the search server. */
  refusal(body: string): { readonly words: string; readonly advice: string } | undefined;
}

export interface SignableRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface SearchConnection {
  /** Base URL without a slash at its end. */
  readonly url: string;
  readonly credentials: SearchCredentials;
  /** PEM of a further authority. */
  readonly ca?: string;
}

export function describeSearchCredentials(credentials: SearchCredentials): string {
  switch (credentials.kind) {
    case 'none':
      return 'a caller without a username';
    case 'basic':
      return `user '${credentials.username}'`;
    case 'signed':
      return credentials.signer.who;
  }
}
