/** A search index as Bitbucket has it, in small: made, and described so that two can be compared. */
import { createHash } from 'node:crypto';
import type { Question } from './ask.ts';
import type { SearchServer } from './search-server.ts';
import { isBeforeSeven, isElasticsearch } from './versions.ts';

export interface NewIndex {
  readonly name: string;
  readonly alias: string;
  readonly documents: number;
  /** Characters of text per document that does not compress, for an index whose snapshot takes a while. */
  readonly characters?: number;
}

export interface SearchIndex {
  readonly aliases: readonly string[];
  readonly mapping: unknown;
  /** What the documents hold, by their ids. */
  readonly documents: readonly (readonly [id: string, source: unknown])[];
}

const MOST_DOCUMENTS = 10_000;

/** The same arguments give the same documents. @throws Error when the server refuses any of it */
export async function createSearchIndex(server: SearchServer, index: NewIndex): Promise<void> {
  const { name, alias, documents, characters = 0 } = index;
  const properties = {
    path: { type: isElasticsearch(server.version, 2) ? 'string' : 'text' },
    size: { type: 'integer' },
    content: isElasticsearch(server.version, 2)
      ? { type: 'string', index: 'no' }
      : { type: 'text', index: false },
  };
  const mapping = { properties };
  await succeed(server, {
    method: 'PUT',
    path: `/${name}`,
    body: {
      settings: { number_of_shards: 2, number_of_replicas: 0 },
      aliases: { [alias]: {} },
      mappings: isBeforeSeven(server.version) ? { file: mapping } : mapping,
    },
  });
  const type = isBeforeSeven(server.version) ? { _type: 'file' } : {};
  const lines = Array.from({ length: documents }, (_, number) => [
    JSON.stringify({ index: { _index: name, _id: `file-${number}`, ...type } }),
    JSON.stringify({ path: `src/file-${number}.ts`, size: number, content: noise(number, characters) }),
  ]).flat();
  // In parts, since a server takes no more than 100 MB at once.
  for (let start = 0; start < lines.length; start += 200) {
    const body = `${lines.slice(start, start + 200).join('\n')}\n`;
    const text = await succeed(server, { method: 'POST', path: '/_bulk', body });
    if (!text.includes('"errors":false')) {
      throw new Error(`The server did not take every document: ${text}`);
    }
  }
  await succeed(server, { method: 'POST', path: `/${name}/_refresh` });
}

/** @returns undefined when there is no such index */
export async function describeSearchIndex(
  server: SearchServer,
  name: string,
): Promise<SearchIndex | undefined> {
  const { status, text } = await server.ask({ path: `/${name}` });
  if (status === 404) {
    return undefined;
  }
  const about = objectAt(JSON.parse(text), name);
  await succeed(server, { method: 'POST', path: `/${name}/_refresh` });
  const found = await succeed(server, { path: `/${name}/_search?size=${MOST_DOCUMENTS}` });
  const hits = objectAt(JSON.parse(found), 'hits')['hits'];
  const documents = (Array.isArray(hits) ? hits : []).map((hit: unknown): [string, unknown] => {
    const { _id: id, _source: source } = objectOf(hit);
    return [String(id), source];
  });
  return {
    aliases: Object.keys(objectAt(about, 'aliases')).sort(),
    mapping: about['mappings'],
    documents: documents.sort(([one], [other]) => one.localeCompare(other)),
  };
}

async function succeed(server: SearchServer, question: Question): Promise<string> {
  const { status, text } = await server.ask(question);
  if (status !== 200) {
    throw new Error(`${server.version} answers ${question.path} with ${status}: ${text}`);
  }
  return text;
}

function noise(seed: number, characters: number): string {
  let text = '';
  for (let part = 0; text.length < characters; part += 1) {
    text += createHash('sha512').update(`${seed} ${part}`).digest('base64');
  }
  return text.slice(0, characters);
}

function objectAt(value: unknown, name: string): Record<string, unknown> {
  return objectOf(objectOf(value)[name]);
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
