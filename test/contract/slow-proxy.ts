/**
 * A TCP proxy that lets a server's answers through up to a number of bytes and then holds them back: so a dump can be
 * met half-way, at leisure, without timing and without huge data.
 */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface SlowProxy {
  readonly port: number;
  /** From now on holds back what comes after `bytes`, counted over all connections that are meant. */
  holdAfter(bytes: number): void;
  /** Resolves when something is being held back. */
  held(): Promise<void>;
  /** Lets everything through again. */
  release(): void;
  close(): Promise<void>;
}

/**
 * What the session of a dump sends first, and no other: names and values in a startup message end with a zero byte
 * ("Message Formats" in PostgreSQL's manual). The name alone is also in a question that the session beside it asks.
 */
export const DUMP_SESSION = 'application_name\0bitbucket-backup dump ';

export interface SlowTarget {
  readonly host: string;
  readonly port: number;
  /** Counts and holds back only what goes to a client that has sent this; everything by default. */
  readonly only?: string;
}

export async function startSlowProxy(target: SlowTarget): Promise<SlowProxy> {
  let budget = Number.POSITIVE_INFINITY;
  let waiting: (() => void)[] = [];
  let holding = Promise.withResolvers<void>();
  const sockets = new Set<Socket>();
  const forward = (from: Socket, to: Socket, isMeant: () => boolean): void => {
    from.on('data', (chunk: Buffer) => {
      to.write(chunk);
      if (!isMeant()) {
        return;
      }
      budget -= chunk.length;
      if (budget <= 0) {
        from.pause();
        waiting.push(() => from.resume());
        holding.resolve();
      }
    });
  };
  const server = createServer((client) => {
    const upstream = connect(target.port, target.host);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      // The end of one side is the end of the other; that is all an error means here.
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    let meant = target.only === undefined;
    client.on('data', (chunk: Buffer) => {
      meant ||= chunk.includes(target.only ?? '');
    });
    client.pipe(upstream);
    forward(upstream, client, () => meant);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    holdAfter: (bytes) => {
      budget = bytes;
      holding = Promise.withResolvers<void>();
    },
    held: async () => {
      await holding.promise;
    },
    release: () => {
      budget = Number.POSITIVE_INFINITY;
      for (const resume of waiting) {
        resume();
      }
      waiting = [];
    },
    close: async () => {
      for (const socket of sockets) {
        socket.destroy();
      }
      server.close();
      await once(server, 'close');
    },
  };
}
