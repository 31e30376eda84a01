/** Reads answers of the search server. One that looks otherwise than every known version's is an error that says where. */
import { ShapeError } from '../strategies/json-shape.ts';
import { SearchError } from './search-error.ts';

/** @throws SearchError UNEXPECTED_RESPONSE instead of a ShapeError */
export function shaped<T>(asked: string, body: unknown, read: (body: unknown) => T): T {
  try {
    return read(body);
  } catch (error) {
    if (!(error instanceof ShapeError)) {
      throw error;
    }
    throw new SearchError(
      'UNEXPECTED_RESPONSE',
      `${asked} was answered in a shape that no known search server has: ${error.message}.`,
      { maybeSent: true, retryable: false },
      {
        advice:
          'Check that elasticsearch-url leads to Elasticsearch or OpenSearch itself; then report this line.',
        cause: error,
      },
    );
  }
}
