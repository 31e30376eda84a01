/** Faults to order: what goes wrong with which request, and how often. */
import { type Answer, htmlAnswer, jsonAnswer } from './answers.ts';
import { type Delivery, pause } from './delivery.ts';
import type { EndpointName, RecordedRequest } from './requests.ts';

export type FaultAction =
  /** Does what was asked, then cuts the connection: the client cannot know. */
  | { readonly kind: 'lostAnswer'; readonly reset?: boolean }
  /** Cuts the connection before anything is done. `reset` does it with a TCP reset (plain HTTP only). */
  | { readonly kind: 'refuse'; readonly reset?: boolean }
  /** Answers instead of doing it. A string is sent as it is, anything else as JSON. */
  | {
      readonly kind: 'httpStatus';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
    }
  /** Waits, then does it. `Infinity` never does. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Does it, then keeps the client waiting for the answer. `Infinity` never answers. */
  | { readonly kind: 'lateAnswer'; readonly ms: number }
  /** A page (of a single sign-on, of a proxy) instead of doing it; status 200 unless told. */
  | { readonly kind: 'html'; readonly title?: string; readonly status?: number }
  | { readonly kind: 'redirect'; readonly status: number; readonly location: string }
  /** JSON without end, as it were, instead of doing it; 1 GiB unless told. */
  | { readonly kind: 'hugeBody'; readonly bytes?: number }
  /** One byte after the other, for ever, instead of doing it; every 50 ms unless told. */
  | { readonly kind: 'slowDrip'; readonly intervalMs?: number }
  /** Does it and answers `{}`. */
  | { readonly kind: 'emptyObject' }
  /** Does it and answers this JSON. */
  | { readonly kind: 'answer'; readonly body: unknown; readonly status?: number }
  /** Does it and leaves `cancelToken` out of the answer. */
  | { readonly kind: 'noCancelToken' };

export interface Fault {
  /** Which requests: an endpoint, some of them, or whatever a predicate accepts. */
  readonly on: EndpointName | readonly EndpointName[] | ((request: RecordedRequest) => boolean);
  /** How often; once unless told, `Infinity` for ever. */
  readonly times?: number;
  /** So many matching requests go well first. */
  readonly after?: number;
  readonly do: FaultAction;
}

export interface FaultHandle {
  /** How often it has happened: a test whose fault never happened proves nothing. */
  readonly fired: number;
  /** It happens no more. */
  lift(): void;
}

export interface FaultDesk {
  order(fault: Fault): FaultHandle;
  /** What is to go wrong with this request: the first order that matches and is due. */
  due(request: RecordedRequest): FaultAction | undefined;
}

export function createFaultDesk(): FaultDesk {
  const open = new Set<(request: RecordedRequest) => FaultAction | undefined>();
  return {
    order: (fault) => {
      const { times = 1, after = 0 } = fault;
      let matched = 0;
      let fired = 0;
      const order = (request: RecordedRequest): FaultAction | undefined => {
        if (fired >= times || !matches(fault.on, request)) {
          return undefined;
        }
        matched += 1;
        if (matched <= after) {
          return undefined;
        }
        fired += 1;
        return fault.do;
      };
      open.add(order);
      return {
        get fired() {
          return fired;
        },
        lift: () => {
          open.delete(order);
        },
      };
    },
    due: (request) => {
      for (const order of open) {
        const action = order(request);
        if (action !== undefined) {
          return action;
        }
      }
      return undefined;
    },
  };
}

/**
 * Does the request, or not, as the fault says.
 * @param perform does what was asked; called once at the most
 * @param signal ends the waiting when the simulator closes
 */
export async function applyFault(
  action: FaultAction | undefined,
  perform: () => Answer,
  signal: AbortSignal,
): Promise<Delivery> {
  switch (action?.kind) {
    case undefined:
      return send(perform());
    case 'lostAnswer':
      perform();
      return { kind: 'cut', reset: action.reset ?? false };
    case 'refuse':
      return { kind: 'cut', reset: action.reset ?? false };
    case 'httpStatus':
      return send(ordered(action));
    case 'delay':
      await pause(action.ms, signal);
      return send(perform());
    case 'lateAnswer': {
      const answer = perform();
      await pause(action.ms, signal);
      return send(answer);
    }
    case 'html':
      return send(htmlAnswer(action.status ?? 200, action.title ?? 'Log in - Bitbucket'));
    case 'redirect':
      return send({ status: action.status, headers: { location: action.location }, body: '' });
    case 'hugeBody':
      return { kind: 'flood', bytes: action.bytes ?? 1024 ** 3 };
    case 'slowDrip':
      return { kind: 'drip', intervalMs: action.intervalMs ?? 50 };
    case 'emptyObject':
      return send(jsonAnswer(perform().status, {}));
    case 'answer': {
      const { status } = perform();
      return send(jsonAnswer(action.status ?? status, action.body));
    }
    case 'noCancelToken':
      return send(withoutCancelToken(perform()));
  }
}

function send(answer: Answer): Delivery {
  return { kind: 'send', answer };
}

function ordered(action: Extract<FaultAction, { kind: 'httpStatus' }>): Answer {
  const { status, headers = {}, body = {} } = action;
  return typeof body === 'string' ? { status, headers, body } : jsonAnswer(status, body, headers);
}

function withoutCancelToken(answer: Answer): Answer {
  const body: unknown = JSON.parse(answer.body);
  const text = JSON.stringify(body, (key, value: unknown) => (key === 'cancelToken' ? undefined : value));
  return { ...answer, body: text };
}

function matches(on: Fault['on'], request: RecordedRequest): boolean {
  if (typeof on === 'function') {
    return on(request);
  }
  return typeof on === 'string' ? on === request.endpoint : on.includes(request.endpoint);
}
