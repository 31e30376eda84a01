/** `none` on the way back: a part that is left out on purpose; the summary says "not restored". */
import type { RestoreDefinition } from './restore.ts';

export const notRestored: RestoreDefinition = {
  read: () => ({
    create: () => ({
      name: 'none',
      members: [],
      preflight: async () => await Promise.resolve([]),
      spaceNeeds: async () => await Promise.resolve([]),
      restore: async () => {
        await Promise.resolve();
      },
      complete: async () => await Promise.resolve({ place: 'nowhere', counts: [], todo: [] }),
      discard: async () => {
        await Promise.resolve();
      },
      recover: async () => await Promise.resolve([]),
    }),
  }),
};
