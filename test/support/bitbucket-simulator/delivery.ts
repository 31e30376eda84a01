/** How an answer leaves: whole, not at all, or spoilt. */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';
import type { Answer } from './answers.ts';

export type Delivery =
  | { readonly kind: 'send'; readonly answer: Answer }
  | { readonly kind: 'cut'; readonly reset: boolean }
  | { readonly kind: 'flood'; readonly bytes: number }
  | { readonly kind: 'drip'; readonly intervalMs: number };

/** Sends what is to be sent. Settles when the answer is out, or the connection gone. */
export async function deliver(
  delivery: Delivery,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  switch (delivery.kind) {
    case 'send':
      response.writeHead(delivery.answer.status, delivery.answer.headers);
      response.end(delivery.answer.body);
      return;
    case 'cut':
      cut(response, delivery.reset);
      return;
    case 'flood':
      await stream(response, flood(delivery.bytes), signal);
      return;
    case 'drip':
      await stream(response, drip(delivery.intervalMs, signal), signal);
      return;
  }
}

/** Only a bare TCP connection can be reset. */
function cut({ socket }: ServerResponse, reset: boolean): void {
  if (reset && !(socket instanceof TLSSocket)) {
    socket?.resetAndDestroy();
  } else {
    socket?.destroy();
  }
}

/** A client that has had enough and leaves is what these faults are for. */
async function stream(
  response: ServerResponse,
  chunks: Iterable<string> | AsyncIterable<string>,
  signal: AbortSignal,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json;charset=UTF-8' });
  try {
    await pipeline(chunks, response, { signal });
  } catch (error) {
    if (!response.destroyed) {
      throw error;
    }
  }
}

function* flood(bytes: number): Generator<string> {
  yield '{"padding":"';
  const chunk = 'x'.repeat(64 * 1024);
  for (let sent = 0; sent < bytes; sent += chunk.length) {
    yield chunk;
  }
  yield '"}';
}

async function* drip(intervalMs: number, signal: AbortSignal): AsyncGenerator<string> {
  yield '{';
  for (;;) {
    await pause(intervalMs, signal);
    yield ' ';
  }
}

/** A timer cannot be set to Infinity: it would fire at once. @throws AbortError when the simulator closes. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms === Number.POSITIVE_INFINITY) {
    signal.throwIfAborted();
    await once(signal, 'abort');
    signal.throwIfAborted();
  }
  await sleep(ms, undefined, { signal });
}
