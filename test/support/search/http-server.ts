/** Has an HTTP server listen on a free port of this machine. */
import { once } from 'node:events';
import type { Server } from 'node:http';

export async function startHttpServer(
  server: Server,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) {
    throw new TypeError('The server has no port.');
  }
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      if (server.listening) {
        server.close();
        server.closeAllConnections();
        await once(server, 'close');
      }
    },
  };
}
