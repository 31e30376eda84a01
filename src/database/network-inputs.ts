/** What all databases that are reached over a network are told in the same words. */
import type { InputReader } from '../inputs/reader.ts';

export interface NetworkInputs {
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly database: string | undefined;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** What the database's client is told besides, from the JDBC URL. No secrets. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** All are optional: what is not given is the client's to find. */
export function readNetworkInputs(inputs: InputReader): NetworkInputs {
  const host = inputs.optionalText('database-host');
  if (host !== undefined && (host.includes('://') || /^[^:/]+:\d+$/.test(host))) {
    inputs.problem('database-host', `is '${host}'; give the host alone, and the port as database-port.`);
  }
  return {
    host,
    port: inputs.optionalInteger('database-port', { min: 1, max: 65_535 }),
    database: inputs.optionalText('database-name'),
    username: inputs.optionalText('database-username'),
    password: inputs.secret('database-password'),
    parameters: inputs.parameters,
  };
}

/**
 * Then the dump is not: compressing twice costs time and gains nothing. What is wrong with these inputs the archive's own
 * reader says, which is asked in the same go.
 */
export function archiveCompresses(inputs: InputReader): boolean {
  return inputs.written('archive-strategy') === 'tar' && inputs.written('archive-compression') !== 'none';
}
