/** Reads which snapshot repository is used, and where one lies that is registered anew. */
import type { InputReader } from '../inputs/reader.ts';
import type { PlaceSetting, WantedRepository } from './snapshot-repository.ts';

/** As those of snapshots, and what a URL takes for steps. */
const WRONG_REPOSITORY = /[\\/?"<>|\s#,*]|^\.{1,2}$/;

/** Notes wrong inputs in the reader. */
export function readRepository(inputs: InputReader, strategy: 'fs' | 's3' | 'amazon-es'): WantedRepository {
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
