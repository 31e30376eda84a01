/** A simulator and a client for it; both are closed when the test is over. */
import { onTestFinished } from 'vitest';
import { BitbucketClient } from '../../src/bitbucket/client.ts';
import type { Connection } from '../../src/bitbucket/connection.ts';
import {
  type BitbucketSimulator,
  type SimulatorOptions,
  startBitbucketSimulator,
} from './bitbucket-simulator/simulator.ts';

export interface ConnectedSimulator {
  readonly simulator: BitbucketSimulator;
  readonly client: BitbucketClient;
}

export async function startSimulator(options: SimulatorOptions = {}): Promise<BitbucketSimulator> {
  const simulator = await startBitbucketSimulator({ drainMs: 0, ...options });
  onTestFinished(async () => {
    await simulator.close();
  });
  return simulator;
}

/** The simulator's own user and password, unless told otherwise. */
export function connectionTo(simulator: BitbucketSimulator, overrides: Partial<Connection> = {}): Connection {
  const { url, username, password } = simulator;
  return { url, credentials: { kind: 'basic', username, password }, ...overrides };
}

export function clientFor(connection: Connection): BitbucketClient {
  const client = new BitbucketClient(connection);
  onTestFinished(async () => {
    await client.close();
  });
  return client;
}

export async function connect(
  options: SimulatorOptions = {},
  overrides: Partial<Connection> = {},
): Promise<ConnectedSimulator> {
  const simulator = await startSimulator(options);
  return { simulator, client: clientFor(connectionTo(simulator, overrides)) };
}
