/** Inputs of `postgresql-fslevel`, and the home strategies that it can go with. */
import { type InputReader, orList } from '../../inputs/reader.ts';
import { readNetworkInputs } from '../network-inputs.ts';
import type { ConnectionInputs } from '../postgresql/libpq.ts';

export interface FslevelOptions extends ConnectionInputs {
  /** Undefined: the server is asked, which takes a user that may read all settings. */
  readonly dataDirectory: string | undefined;
  /** The home, on whose volume the data directory has to lie. */
  readonly homePath: string;
  /** Where to look for clients; unset: PATH, Debian's folders, the tool cache. */
  readonly clientFolders: readonly string[] | undefined;
}

export interface FslevelRestoreOptions extends ConnectionInputs {
  readonly dataDirectory: string | undefined;
  readonly service: string;
  readonly clientFolders: readonly string[] | undefined;
}

/** Home strategies that take a whole volume in one moment. */
const ATOMIC_HOMES = ['lvm', 'zfs', 'btrfs', 'amazon-ebs'];

/** A name of a systemd unit or an init script: nothing that could be an option or a path. */
const SERVICE = /^[A-Za-z0-9_][A-Za-z0-9_.@:\\-]*$/;

export function readFslevelOptions(inputs: InputReader): FslevelOptions {
  refuseOtherHomes(inputs);
  return {
    ...readNetworkInputs(inputs),
    dataDirectory: inputs.optionalPath('postgresql-data-directory'),
    // The home's own reader complains about a wrong one.
    homePath: inputs.written('home-path'),
    clientFolders: undefined,
  };
}

export function readFslevelRestoreOptions(inputs: InputReader): FslevelRestoreOptions {
  refuseOtherHomes(inputs);
  const service = inputs.requiredText('postgresql-service');
  if (service !== '' && !SERVICE.test(service)) {
    inputs.problem(
      'postgresql-service',
      `is '${service}'; give the name of the service alone, such as postgresql@15-main.`,
    );
  }
  return {
    ...readNetworkInputs(inputs),
    dataDirectory: inputs.optionalPath('postgresql-data-directory'),
    service,
    clientFolders: undefined,
  };
}

/** A copy that is made file by file holds every file of another moment, which no server starts from. */
function refuseOtherHomes(inputs: InputReader): void {
  const home = inputs.written('home-strategy');
  if (!ATOMIC_HOMES.includes(home)) {
    inputs.problem(
      'database-strategy',
      `is 'postgresql-fslevel', which goes with a snapshot of the home's volume, and home-strategy is '${home}'; use home-strategy ${orList(ATOMIC_HOMES)}, or database-strategy postgresql.`,
    );
  }
}
