/** A request as tests see it. */
import type { IncomingHttpHeaders } from 'node:http';

export type EndpointName =
  | 'lock'
  | 'unlock'
  | 'lockState'
  | 'start'
  | 'poll'
  | 'cancel'
  | 'progress'
  | 'status'
  | 'properties'
  | 'unknown';

export interface RecordedRequest {
  readonly endpoint: EndpointName;
  readonly method: string;
  /** The path as it was sent, context path included. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Arrival in milliseconds since 1970, on a clock that never goes back. */
  readonly at: number;
  /** Undefined as long as nothing was answered, and for good when the connection was cut instead. */
  readonly status: number | undefined;
}

/** What is still written to while a request is handled. */
export type OpenRecord = { -readonly [Key in keyof RecordedRequest]: RecordedRequest[Key] };
