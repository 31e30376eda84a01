/**
 * Which product answers, in which version, and what differs between them. Everything that one of them does otherwise than
 * the others is decided here.
 */
import { object, text } from '../strategies/json-shape.ts';
import { shaped } from './answer-shapes.ts';
import type { SearchHttp } from './search-http.ts';

export interface ServerVersion {
  readonly product: 'Elasticsearch' | 'OpenSearch';
  /** Such as `2.19.6`. */
  readonly number: string;
  readonly major: number;
}

/** What Bitbucket has run on ("Supported platforms" of 4.6 to 10.x). */
const KNOWN: Readonly<Record<ServerVersion['product'], { readonly from: number; readonly to: number }>> = {
  Elasticsearch: { from: 2, to: 7 },
  OpenSearch: { from: 1, to: 3 },
};

/** @throws SearchError when nothing answers there, or something else */
export async function readServerVersion(http: SearchHttp, signal?: AbortSignal): Promise<ServerVersion> {
  const body = await http.send({ method: 'GET', path: '/', retries: 2, signal });
  return shaped(`GET ${http.url}/`, body, (answer) => {
    const version = object(object(answer, 'answer')['version'], 'version');
    const number = text(version['number'], 'version.number');
    // OpenSearch can be told to say that it is Elasticsearch 7.10.2; its distribution still tells.
    const product = version['distribution'] === 'opensearch' ? 'OpenSearch' : 'Elasticsearch';
    return { product, number, major: Number.parseInt(number, 10) };
  });
}

export function isKnown({ product, major }: ServerVersion): boolean {
  const { from, to } = KNOWN[product];
  return major >= from && major <= to;
}

/**
 * Does deleting an index end its restore? Elasticsearch 2 does not notice: the deletion hangs for half a minute, and the
 * cluster believes from then on that a restore is running, and begins no other.
 */
export function endsRestoreByDeleting({ product, major }: ServerVersion): boolean {
  return product === 'OpenSearch' || major >= 5;
}

export function describeVersion({ product, number }: ServerVersion): string {
  return `${product} ${number}`;
}
