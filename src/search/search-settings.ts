/** Reads what the search strategies are told. */
import type { InputReader } from '../inputs/reader.ts';
import { isLoopback, urlComplaint } from '../inputs/input-values.ts';
import type { SearchConnection, SearchCredentials } from './search-connection.ts';
import { readRepository } from './repository-inputs.ts';
import type { WantedRepository } from './snapshot-repository.ts';

export type SearchStrategyName = 'fs' | 's3' | 'amazon-es';

export interface SearchSettings {
  readonly strategy: SearchStrategyName;
  readonly connection: SearchConnection;
  /** Names and wildcards; empty for a restore, which takes what the snapshot holds. */
  readonly indices: readonly string[];
  readonly repository: WantedRepository;
}

const STAND_IN_URL = 'http://stand-in.invalid';
/** What no index is called ("Create index", restrictions), and what would be another call. */
const WRONG_INDEX = /[\\/?"<>|\s#:]|^[-+_.]|[A-Z]/;

export function readSearchUrl(inputs: InputReader, strategy: SearchStrategyName): URL {
  const written = inputs.text('elasticsearch-url');
  if (written === '') {
    inputs.problem(
      'elasticsearch-url',
      `is empty, and elasticsearch-strategy is '${strategy}'; set it to the base URL of the search server.`,
    );
    return new URL(STAND_IN_URL);
  }
  const scheme = strategy === 'amazon-es' ? 'https' : 'http';
  const value = written.includes('://') ? written : `${scheme}://${written}`;
  const complaint = urlComplaint(value, 'elasticsearch-username and elasticsearch-password');
  if (complaint !== undefined) {
    inputs.problem('elasticsearch-url', complaint);
    return new URL(STAND_IN_URL);
  }
  return new URL(value);
}

/** What signs its requests is put in by whoever signs. */
export function readSearchSettings(
  inputs: InputReader,
  options: {
    readonly strategy: SearchStrategyName;
    readonly action: 'backup' | 'restore';
    readonly ca: string | undefined;
  },
): SearchSettings {
  const { strategy, action, ca } = options;
  const url = readSearchUrl(inputs, strategy);
  const credentials = readBasic(inputs, url) ?? { kind: 'none' as const };
  return {
    strategy,
    connection: {
      url: url.href.replace(/\/+$/, ''),
      credentials,
      ...(ca === undefined ? {} : { ca }),
    },
    indices: action === 'backup' ? readIndexNames(inputs) : [],
    repository: readRepository(inputs, strategy),
  };
}

function readBasic(inputs: InputReader, url: URL): SearchCredentials | undefined {
  const username = inputs.text('elasticsearch-username');
  const password = inputs.secret('elasticsearch-password');
  if (username === '') {
    if (password !== undefined) {
      inputs.problem('elasticsearch-username', 'is empty, and elasticsearch-password needs it; set it.');
    }
    return undefined;
  }
  if (username.includes(':')) {
    inputs.problem('elasticsearch-username', 'holds a colon, which basic authentication cannot carry.');
  }
  if (password === undefined) {
    inputs.problem('elasticsearch-password', 'is empty, and elasticsearch-username is set; pass the secret.');
    return undefined;
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname) && !inputs.boolean('allow-insecure-http')) {
    inputs.problem(
      'elasticsearch-url',
      `would send the password readable over http to ${url.hostname}; use https://, or set allow-insecure-http: true.`,
    );
  }
  inputs.mask(Buffer.from(`${username}:${password}`, 'utf8').toString('base64'));
  return { kind: 'basic', username, password };
}

function readIndexNames(inputs: InputReader): readonly string[] {
  const names = inputs
    .text('elasticsearch-index')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) {
    inputs.problem('elasticsearch-index', "is empty; name Bitbucket's indices, such as bitbucket-search-v1.");
  }
  for (const name of names.filter((one) => WRONG_INDEX.test(one) || one === '*')) {
    inputs.problem(
      'elasticsearch-index',
      name === '*'
        ? "is '*', which takes in the indices of everybody; name those of Bitbucket, such as bitbucket-*."
        : `has '${name}', which is no name of an index; separate names and wildcards such as bitbucket-* by commas.`,
    );
  }
  return names;
}
