/** The listening side: one port that can be closed and opened again, as it is when a node restarts. */
import { once } from 'node:events';
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';

export interface ServerOptions {
  /** 0 for any free port. */
  readonly port: number;
  readonly tls: { readonly key: string; readonly cert: string } | undefined;
  readonly handle: (message: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Told when handling a request threw: that is a fault of the simulator, not one that was ordered. */
  readonly onFailure: (error: unknown) => void;
}

export interface ListeningServer {
  /** Such as `http://127.0.0.1:40123`. */
  readonly origin: string;
  /** From now on, connections are refused; those that are open are cut. */
  stop(): Promise<void>;
  /** Listens again on the same port. */
  resume(): Promise<void>;
}

export async function listen(options: ServerOptions): Promise<ListeningServer> {
  const listener = (message: IncomingMessage, response: ServerResponse): void => {
    options.handle(message, response).catch((error: unknown) => {
      response.destroy();
      options.onFailure(error);
    });
  };
  const server: Server =
    options.tls === undefined ? createHttpServer(listener) : createHttpsServer(options.tls, listener);
  await open(server, options.port);
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('The simulator listens on no TCP port.');
  }
  const { port } = address;
  return {
    origin: `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    stop: async () => {
      if (!server.listening) {
        return;
      }
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
    resume: async () => {
      await open(server, port);
    },
  };
}

async function open(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}
