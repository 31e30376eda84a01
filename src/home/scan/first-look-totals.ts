/** What the threads' first looks come to together. */
import type { FirstLookResult } from './first-look.ts';

export interface FirstLookSummary {
  readonly folders: number;
  /** That had to be looked at one by one. */
  readonly files: number;
  /** Why a second look would be worth nothing: the end of a sentence. */
  readonly problem: string | undefined;
}

export class FirstLookTotals {
  #folders = 0;
  #files = 0;
  readonly #devices = new Set<bigint>();
  readonly #finerDevices = new Set<bigint>();
  problem: string | undefined;

  add({ folders, files, devices, finerDevices, problem }: FirstLookResult): void {
    this.#folders += folders;
    this.#files += files;
    for (const device of devices) {
      this.#devices.add(device);
    }
    for (const device of finerDevices) {
      this.#finerDevices.add(device);
    }
    this.problem ??= problem;
  }

  summary(): FirstLookSummary {
    return {
      folders: this.#folders,
      files: this.#files,
      problem: this.problem ?? this.#doubt(),
    };
  }

  #doubt(): string | undefined {
    // A second look would find no change in nothing.
    if (this.#folders === 0) {
      return 'it was not there when it was looked at';
    }
    const hasWholeSeconds = [...this.#devices].some((device) => !this.#finerDevices.has(device));
    return hasWholeSeconds ? 'its file system keeps time stamps of whole seconds' : undefined;
  }
}
