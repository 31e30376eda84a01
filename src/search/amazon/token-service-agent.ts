/** How Amazon's token service is reached: Amazon's libraries know no proxies, so Node's own support does it. */
import { Agent } from 'node:https';
import type { Log } from '../../host/log.ts';

/** Names are read in either case, and an address without a scheme is taken for http, as curl does. */
export function tokenServiceAgent(environment: NodeJS.ProcessEnv, log: Log): Agent {
  const proxy = environment['https_proxy'] || environment['HTTPS_PROXY'];
  if (!proxy) {
    return new Agent({ keepAlive: true });
  }
  const address = proxy.includes('://') ? proxy : `http://${proxy}`;
  const except = environment['no_proxy'] || environment['NO_PROXY'];
  try {
    return new Agent({
      keepAlive: true,
      proxyEnv: { HTTPS_PROXY: address, ...(except ? { NO_PROXY: except } : {}) },
    });
  } catch {
    // Node's words quote the address, which can hold a password. Keys from the environment need no token service.
    log.warning(
      "HTTPS_PROXY does not hold the address of an HTTP proxy; Amazon's token service, if it is needed, is asked directly.",
    );
    return new Agent({ keepAlive: true });
  }
}
