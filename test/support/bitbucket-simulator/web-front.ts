/** Takes each request through recording, ordered faults and routes to its answer. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { deliver } from './delivery.ts';
import { applyFault, createFaultDesk } from './faults.ts';
import type { Listeners } from './listeners.ts';
import type { OpenRecord, RecordedRequest } from './requests.ts';
import { answer, endpointOf, type Site } from './routes.ts';

export interface WebFrontOptions {
  readonly site: Site;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told of each request before anything is done. */
  readonly arrived: Listeners<[RecordedRequest]>;
  /** Ends the waiting of ordered delays. */
  readonly closing: AbortSignal;
}

export class WebFront {
  readonly faults = createFaultDesk();
  readonly #options: WebFrontOptions;
  readonly #requests: OpenRecord[] = [];

  constructor(options: WebFrontOptions) {
    this.#options = options;
  }

  get requests(): readonly RecordedRequest[] {
    return this.#requests;
  }

  async handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const { site, closing } = this.#options;
    try {
      const request = await this.#record(message);
      const delivery = await applyFault(this.faults.due(request), () => answer(site, request), closing);
      if (delivery.kind === 'send') {
        request.status = delivery.answer.status;
      }
      await deliver(delivery, response, closing);
    } catch (error) {
      // A client that is gone and a simulator that closes end the waiting; all else is an error of ours.
      if (!closing.aborted && !message.socket.destroyed) {
        throw error;
      }
    }
  }

  async #record(message: IncomingMessage): Promise<OpenRecord> {
    const { method = 'GET', headers } = message;
    const { pathname, searchParams } = new URL(message.url ?? '/', 'http://simulator.invalid');
    const request: OpenRecord = {
      endpoint: endpointOf(this.#options.site.contextPath, method, pathname),
      method,
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers,
      body: '',
      at: this.#options.now(),
      status: undefined,
    };
    this.#requests.push(request);
    request.body = await text(message);
    this.#options.arrived.tell(request);
    return request;
  }
}
