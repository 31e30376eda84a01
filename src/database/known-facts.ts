/** What preflight found out, kept for the steps after it. */
import { ActionError } from '../errors.ts';
import type { Finding } from '../strategies/contract.ts';

export interface Inspection<Ready> {
  readonly findings: readonly Finding[];
  /** Undefined when a finding is an error. */
  readonly ready?: Ready | undefined;
}

export interface KnownFacts<Ready> {
  /** Looks anew. */
  readonly preflight: () => Promise<readonly Finding[]>;
  /** As the last look found it; looks when there was none. @throws ActionError DB_FAILED with all that is wrong */
  readonly ready: () => Promise<Ready>;
}

export function knownFacts<Ready>(inspect: () => Promise<Inspection<Ready>>): KnownFacts<Ready> {
  let known: Ready | undefined;
  const preflight = async (): Promise<readonly Finding[]> => {
    const inspection = await inspect();
    known = inspection.ready;
    return inspection.findings;
  };
  return {
    preflight,
    ready: async () => {
      const findings = known === undefined ? await preflight() : [];
      if (known === undefined) {
        const errors = findings.filter(({ severity }) => severity === 'error');
        throw new ActionError('DB_FAILED', errors.map(({ message }) => message).join(' '));
      }
      return known;
    },
  };
}
