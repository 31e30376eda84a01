/**
 * The runner's masks: from the moment a value is masked, it shows as `***`. Only the plain value and its lines are
 * replaced; that the runner also thinks of a few encodings is left out, so that a leak in one of them is seen.
 */
export class SecretMasker {
  readonly #values = new Set<string>();

  add(value: string): void {
    for (const part of [value, ...value.split(/\r?\n/)]) {
      if (part.trim() !== '') {
        this.#values.add(part);
      }
    }
  }

  mask(text: string): string {
    let masked = text;
    // Longest first: a secret that contains another must not leave a rest behind.
    for (const value of [...this.#values].sort((a, b) => b.length - a.length)) {
      masked = masked.replaceAll(value, '***');
    }
    return masked;
  }

  isTold(text: string): boolean {
    return this.mask(text) !== text;
  }
}
