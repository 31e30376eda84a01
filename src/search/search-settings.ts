/** Reads what the search strategies are told. */
import type { InputReader } from '../inputs/reader.ts';
import { isLoopback, urlComplaint } from '../inputs/input-values.ts';
import type { SearchConnection, SearchCredentials } from './search-connection.ts';
import type { PlaceSetting, WantedRepository } from './snapshot-repository.ts';

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
/** As those of snapshots, and what a URL takes for steps. */
const WRONG_REPOSITORY = /[\\/?"<>|\s#,*]|^\.{1,2}$/;

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

function readRepository(inputs: InputReader, strategy: SearchStrategyName): WantedRepository {
  const name = inputs.requiredText('elasticsearch-repository');
  if (WRONG_REPOSITORY.test(name)) {
    inputs.problem(
      'elasticsearch-repository',
      `is '${name}'; use letters, digits, dots, dashes and underscores.`,
    );
  }
  const location = strategy === 'fs' ? readFolder(inputs) : bucketPath(inputs);
  return {
    name,
    type: strategy === 'fs' ? 'fs' : 's3',
    place: strategy === 'fs' ? [folder(location)] : bucket(inputs, strategy, location),
    settings: strategy === 'fs' ? { compress: 'true' } : {},
  };
}

/** A path on the search server, and maybe one that is relative to its `path.repo`. */
function readFolder(inputs: InputReader): string | undefined {
  const path = inputs.optionalText('elasticsearch-location');
  if (path !== undefined && path.split('/').includes('..')) {
    inputs.problem('elasticsearch-location', `is '${path}'; write the path without '..'.`);
  }
  return path;
}

/** Keys of a bucket do not begin with a slash. */
function bucketPath(inputs: InputReader): string | undefined {
  return inputs.optionalText('elasticsearch-location')?.replaceAll(/^\/+|\/+$/g, '');
}

function folder(value: string | undefined): PlaceSetting {
  return { setting: 'location', input: 'elasticsearch-location', value, required: true };
}

function bucket(
  inputs: InputReader,
  strategy: 's3' | 'amazon-es',
  path: string | undefined,
): readonly PlaceSetting[] {
  const isAmazon = strategy === 'amazon-es';
  const name: PlaceSetting = {
    setting: 'bucket',
    input: 'elasticsearch-s3-bucket',
    value: readMatching(inputs, 'elasticsearch-s3-bucket', BUCKET),
    required: true,
  };
  return [
    name,
    { setting: 'base_path', input: 'elasticsearch-location', value: path, required: false },
    bucketRegion(inputs, isAmazon),
    ...(isAmazon ? [role(inputs)] : []),
  ];
}

/**
 * Amazon's service takes no `us-east-1` as the region of a bucket, but the endpoint of old (awsdocs,
 * amazon-opensearch-service-developer-guide, pull request 27).
 */
function bucketRegion(inputs: InputReader, isAmazon: boolean): PlaceSetting {
  const region = readMatching(inputs, 'elasticsearch-s3-region', REGION);
  const isOldest = isAmazon && region === 'us-east-1';
  return {
    setting: isOldest ? 'endpoint' : 'region',
    input: 'elasticsearch-s3-region',
    value: isOldest ? 's3.amazonaws.com' : region,
    required: isAmazon,
    isRoute: true,
  };
}

function role(inputs: InputReader): PlaceSetting {
  return {
    setting: 'role_arn',
    input: 'elasticsearch-role-arn',
    value: readMatching(inputs, 'elasticsearch-role-arn', ROLE),
    required: true,
    isRoute: true,
  };
}

interface Shape {
  readonly pattern: RegExp;
  readonly use: string;
}

const BUCKET: Shape = {
  pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{1,62}$/,
  use: 'the name of the bucket alone, without s3:// and path',
};
const REGION: Shape = { pattern: /^[a-z0-9-]+$/, use: 'a name such as eu-central-1' };
const ROLE: Shape = {
  pattern: /^arn:[a-z-]+:iam::\d{12}:role\/\S+$/,
  use: 'the whole ARN, such as arn:aws:iam::123456789012:role/snapshots',
};

/** @returns undefined for an empty input and for a wrong one */
function readMatching(inputs: InputReader, name: string, { pattern, use }: Shape): string | undefined {
  const value = inputs.optionalText(name);
  if (value !== undefined && !pattern.test(value)) {
    inputs.problem(name, `is '${value}'; use ${use}.`);
    return undefined;
  }
  return value;
}

/** AWS region of the search server itself. */
export function readSigningRegion(inputs: InputReader): string | undefined {
  return readMatching(inputs, 'elasticsearch-region', REGION);
}
