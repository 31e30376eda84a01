/** How a search server is told of an S3 server: most of it in its settings, keys in its keystore where it has one. */
import type { S3Server } from './s3-server.ts';
import { isElasticsearch, type SearchVersion } from './versions.ts';

export type S3Access = Pick<S3Server, 'endpoint' | 'region' | 'accessKey' | 'secretKey'>;

/**
 * Elasticsearch 2 cannot be told here that the bucket's name belongs into the path: its repository needs the setting
 * `path_style_access`. A `region` there would lead to Amazon, whatever the endpoint.
 */
export function s3Settings(version: SearchVersion, s3: S3Access): Record<string, string> {
  return isElasticsearch(version, 2)
    ? {
        'cloud.aws.access_key': s3.accessKey,
        'cloud.aws.secret_key': s3.secretKey,
        'cloud.aws.s3.protocol': 'http',
        'cloud.aws.s3.endpoint': new URL(s3.endpoint).host,
        // Without it the S3 server of the tests refuses what the plugin writes.
        'cloud.aws.s3.signer': 'AWSS3V4SignerType',
      }
    : {
        's3.client.default.endpoint': s3.endpoint,
        's3.client.default.path_style_access': 'true',
        's3.client.default.region': s3.region,
      };
}

/** @returns undefined for a server without a keystore */
export function s3Secrets(version: SearchVersion, s3: S3Access): Record<string, string> | undefined {
  return isElasticsearch(version, 2)
    ? undefined
    : { 's3.client.default.access_key': s3.accessKey, 's3.client.default.secret_key': s3.secretKey };
}
