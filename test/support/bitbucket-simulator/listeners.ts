/** Who wants to be told. A listener that throws harms neither the others nor the request; what it threw is collected. */

export interface Listeners<Arguments extends readonly unknown[]> {
  /** @returns what ends the subscription. */
  add(listener: (...args: Arguments) => void): () => void;
  /** Tells all of them, synchronously, in the order in which they came. */
  tell(...args: Arguments): void;
}

export function createListeners<Arguments extends readonly unknown[]>(
  onFailure: (error: unknown) => void,
): Listeners<Arguments> {
  const listeners = new Set<{ readonly call: (...args: Arguments) => void }>();
  return {
    add: (call) => {
      const entry = { call };
      listeners.add(entry);
      return () => {
        listeners.delete(entry);
      };
    },
    tell: (...args) => {
      for (const { call } of listeners) {
        try {
          call(...args);
        } catch (error) {
          onFailure(error);
        }
      }
    },
  };
}
