/** Lets a signal end what a controller of its own ends as well. @returns ends the connection between the two */
export function abortWith(signal: AbortSignal, controller: AbortController): () => void {
  const abort = (): void => controller.abort(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  return () => signal.removeEventListener('abort', abort);
}
