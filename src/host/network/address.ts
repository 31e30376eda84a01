/**
 * The host's address, looked up once and before the lock. Node's resolver shares four threads with the file system: when
 * these hang on a dead NFS mount no name can be resolved any more, and the unlock could not be sent.
 */
import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { lookup as lookUp } from 'node:dns/promises';
import { isIP } from 'node:net';

type LookupCallback = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

export type LookupFunction = (hostname: string, options: LookupOptions, callback: LookupCallback) => void;

export interface AddressBook {
  /** Remembers the addresses of a host. Does nothing for an address. @throws the resolver's error */
  resolve(hostname: string): Promise<void>;
  /** For `net.connect`: answers from memory in the same tick, asks the resolver only for unknown names. */
  readonly lookup: LookupFunction;
}

export function createAddressBook(): AddressBook {
  const known = new Map<string, readonly LookupAddress[]>();
  return {
    resolve: async (hostname) => {
      const bare = hostname.replace(/^\[|\]$/g, '');
      if (isIP(bare) === 0) {
        known.set(bare, await lookUp(bare, { all: true }));
      }
    },
    lookup: (hostname, options, callback) => {
      const addresses = known.get(hostname);
      const [first] = addresses ?? [];
      if (addresses === undefined || first === undefined) {
        lookup(hostname, options, callback);
      } else if (options.all === true) {
        callback(null, [...addresses]);
      } else {
        callback(null, first.address, first.family);
      }
    },
  };
}
