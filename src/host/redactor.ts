/**
 * Takes secrets out of text before it is printed. The runner masks what it was told to mask, but only in the forms it
 * thinks of, and not outside a runner; so every line passes here first.
 */
const SHORTEST_MASKED = 3;

export class Redactor {
  readonly #secrets = new Set<string>();
  readonly #onSecret: (secret: string) => void;

  /** @param options.onSecret told every secret as it was given, so that the runner can mask it too */
  constructor(options: { readonly onSecret?: (secret: string) => void } = {}) {
    this.#onSecret = options.onSecret ?? (() => undefined);
  }

  /** Remembers a secret in the forms in which it can turn up: plain, URL-encoded, base64, JSON. */
  add(secret: string): void {
    this.#onSecret(secret);
    const lines = secret.split(/\r?\n/);
    for (const part of [secret, ...lines]) {
      for (const form of formsOf(part)) {
        if (form.length >= SHORTEST_MASKED) {
          this.#secrets.add(form);
        }
      }
    }
  }

  /** Remembers user and password as they travel in a basic authorization header. */
  addBasicCredentials(username: string, password: string): void {
    this.add(password);
    this.#secrets.add(Buffer.from(`${username}:${password}`, 'utf8').toString('base64'));
  }

  redact(text: string): string {
    let redacted = text;
    // Longest first, so that a secret that contains another leaves no rest behind.
    for (const secret of [...this.#secrets].sort((a, b) => b.length - a.length)) {
      redacted = redacted.replaceAll(secret, '***');
    }
    return redacted;
  }
}

function formsOf(secret: string): string[] {
  return [
    secret,
    encodeURIComponent(secret),
    // As in a form or a query: a blank is a plus there, and more is encoded.
    new URLSearchParams([['', secret]]).toString().slice(1),
    Buffer.from(secret, 'utf8').toString('base64'),
    JSON.stringify(secret).slice(1, -1),
  ];
}
