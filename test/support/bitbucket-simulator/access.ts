/** Who is calling: basic authentication with its CAPTCHA, and bearer tokens with or without rights. */
import { AnswerError, emptyAnswer, errorAnswer } from './answers.ts';
import type { Owner } from './maintenance-model.ts';

export interface AccessOptions {
  readonly username: string;
  readonly password: string;
  /** Without it, no bearer token is known. */
  readonly bearerToken: string | undefined;
  readonly bearerIsSysadmin: boolean;
  /**
   * Tokens are good below `/rest` only, and lead to the login page elsewhere. So do 8.9.22, 8.19.12, 9.3.2 and newer,
   * says Atlassian's article "Access Tokens no longer work as expected after upgrading Bitbucket Data Center".
   */
  readonly bearerRestOnly: boolean;
  readonly loginUrl: () => string;
}

export interface Caller {
  readonly owner: Owner;
  readonly sysadmin: boolean;
}

/** Wrong passwords in a row after which an account has to solve a CAPTCHA. */
const CAPTCHA_AFTER = 3;

const AUTH = 'com.atlassian.bitbucket.auth';

export class AccessControl {
  readonly #options: AccessOptions;
  #wrongInARow = 0;

  constructor(options: AccessOptions) {
    this.#options = options;
  }

  /** An administrator clears the CAPTCHA, or the user logs in with a browser. */
  clearCaptcha(): void {
    this.#wrongInARow = 0;
  }

  /**
   * The caller; undefined when no credentials were sent. Wrong ones are refused everywhere, also where none are needed.
   * @throws AnswerError with 401, or with 302 for a token where tokens do not count.
   */
  identify(authorization: string | undefined, path: string): Caller | undefined {
    if (authorization === undefined) {
      return undefined;
    }
    const [scheme = '', value = ''] = authorization.split(' ', 2);
    switch (scheme.toLowerCase()) {
      case 'basic':
        return this.#basic(Buffer.from(value, 'base64').toString('utf8'));
      case 'bearer':
        return this.#bearer(value, path);
      default:
        throw this.#refused('Authentication failed: the scheme is not supported.', 'AuthenticationException');
    }
  }

  /** @throws AnswerError with 401 when nobody is logged in, 403 when it is no system administrator. */
  requireSysadmin(caller: Caller | undefined): Caller {
    if (caller === undefined) {
      throw this.#refused(
        'You are not authenticated. Please log in as a system administrator.',
        'AuthenticationException',
      );
    }
    if (!caller.sysadmin) {
      throw new AnswerError(
        errorAnswer(403, 'You are not permitted to access this resource: SYS_ADMIN is required.', {
          exceptionName: 'com.atlassian.bitbucket.AuthorisationException',
        }),
      );
    }
    return caller;
  }

  #basic(credentials: string): Caller {
    const colon = credentials.indexOf(':');
    const username = credentials.slice(0, Math.max(colon, 0));
    const known = username === this.#options.username;
    if (known && this.#wrongInARow >= CAPTCHA_AFTER) {
      throw this.#captcha();
    }
    if (!known || credentials.slice(colon + 1) !== this.#options.password) {
      this.#wrongInARow += known ? 1 : 0;
      throw this.#refused(
        'Authentication failed. Please check your credentials and try again.',
        'IncorrectPasswordAuthenticationException',
      );
    }
    this.#wrongInARow = 0;
    return { owner: { name: username, displayName: username }, sysadmin: true };
  }

  #bearer(token: string, path: string): Caller {
    if (token !== this.#options.bearerToken) {
      throw this.#refused('Authentication failed: the token is not known.', 'AuthenticationException');
    }
    if (this.#options.bearerRestOnly && !path.startsWith('/rest/')) {
      throw new AnswerError(emptyAnswer(302, { location: this.#options.loginUrl() }));
    }
    return { owner: { name: 'token', displayName: 'token' }, sysadmin: this.#options.bearerIsSysadmin };
  }

  #captcha(): AnswerError {
    const reason = `CAPTCHA_CHALLENGE; login-url=${this.#options.loginUrl()}`;
    return new AnswerError(
      errorAnswer(401, 'CAPTCHA required. Your Bitbucket account has been marked as requiring a CAPTCHA.', {
        exceptionName: `${AUTH}.CaptchaRequiredAuthenticationException`,
        headers: { 'x-authentication-denied-reason': reason },
      }),
    );
  }

  #refused(message: string, exception: string): AnswerError {
    return new AnswerError(
      errorAnswer(401, message, {
        exceptionName: `${AUTH}.${exception}`,
        headers: { 'www-authenticate': 'Basic realm="Atlassian Bitbucket"' },
      }),
    );
  }
}
