/** Wrong inputs about the search index, which backup and restore name in the same words. */

type Inputs = Readonly<Record<string, string>>;

export const FS: Inputs = {
  'elasticsearch-strategy': 'fs',
  'elasticsearch-url': 'https://es.example.com:9200',
};
const S3: Inputs = { ...FS, 'elasticsearch-strategy': 's3' };
const AMAZON: Inputs = {
  'elasticsearch-strategy': 'amazon-es',
  'elasticsearch-url': 'https://vpc-bb-abc.eu-central-1.es.amazonaws.com',
};

/** The input that is named, and what is given. */
export const WRONG_SEARCH_INPUTS: readonly (readonly [string, Inputs])[] = [
  ['elasticsearch-strategy', { 'elasticsearch-strategy': 'opensearch' }],
  ['elasticsearch-url', { ...FS, 'elasticsearch-url': 'ftp://es.example.com' }],
  ['elasticsearch-url', { ...FS, 'elasticsearch-url': 'https://es.example.com/?pretty' }],
  ['elasticsearch-url', { ...FS, 'elasticsearch-url': 'https://bob:hunter2@es.example.com' }],
  ['elasticsearch-url', { 'elasticsearch-url': 'es.example.com:9200' }],
  [
    'elasticsearch-url',
    {
      ...FS,
      'elasticsearch-username': 'bob',
      'elasticsearch-password': 'hunter2',
      'elasticsearch-url': 'es:9200',
    },
  ],
  [
    'elasticsearch-username',
    { ...FS, 'elasticsearch-username': 'b:ob', 'elasticsearch-password': 'hunter2' },
  ],
  ['elasticsearch-username', { ...FS, 'elasticsearch-password': 'hunter2' }],
  ['elasticsearch-password', { ...FS, 'elasticsearch-username': 'bob' }],
  ['elasticsearch-repository', { ...FS, 'elasticsearch-repository': 'a/b' }],
  ['elasticsearch-repository', { ...FS, 'elasticsearch-repository': ' ' }],
  ['elasticsearch-location', { ...FS, 'elasticsearch-location': '/mnt/../etc' }],
  ['elasticsearch-s3-bucket', { ...FS, 'elasticsearch-s3-bucket': 'bucket' }],
  ['elasticsearch-s3-bucket', { ...S3, 'elasticsearch-s3-bucket': 's3://bucket/path' }],
  ['elasticsearch-s3-region', { ...S3, 'elasticsearch-s3-region': 'Frankfurt' }],
  ['elasticsearch-role-arn', { ...S3, 'elasticsearch-role-arn': 'arn:aws:iam::123456789012:role/snapshots' }],
  ['elasticsearch-role-arn', { ...AMAZON, 'elasticsearch-role-arn': 'snapshots' }],
  ['elasticsearch-region', { ...AMAZON, 'elasticsearch-region': 'Europe (Frankfurt)' }],
  ['elasticsearch-region', { ...AMAZON, 'elasticsearch-url': 'es.example.com' }],
  [
    'elasticsearch-region',
    {
      ...AMAZON,
      'elasticsearch-username': 'bob',
      'elasticsearch-password': 'x',
      'elasticsearch-region': 'eu-west-1',
    },
  ],
];
