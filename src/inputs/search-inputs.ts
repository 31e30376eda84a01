/** Inputs about the search index. */
import { BACKUP, BACKUP_AND_RESTORE, type InputDeclaration } from './declaration.ts';

const FS = ['search:fs'];
const AMAZON = ['search:amazon-es'];
const BUCKET = ['search:s3', ...AMAZON];
const SNAPSHOTS = [...FS, ...BUCKET];

export const searchInputs: readonly InputDeclaration[] = [
  {
    name: 'elasticsearch-strategy',
    description:
      'How the search index is copied, by a snapshot that Elasticsearch or OpenSearch takes itself: `fs` (into a folder that all its nodes share), `s3` (into a bucket), `amazon-es` (Amazon’s OpenSearch Service, with signed requests); or `none` (not backed up): Bitbucket builds its search index anew after a restore, and the search server that comes with Bitbucket needs no other.',
    default: 'none',
    actions: BACKUP_AND_RESTORE,
    differs: {
      restore: {
        description:
          'How the search index of the backup was copied: `fs`, `s3` or `amazon-es`; or `none`: Bitbucket builds its search index anew by itself.',
      },
    },
  },
  {
    name: 'elasticsearch-url',
    description:
      'Base URL of the search server, with or without scheme. Empty: as `plugin.search.config.baseurl` in `bitbucket.properties` says (older: `plugin.search.elasticsearch.baseurl`).',
    strategies: SNAPSHOTS,
    actions: BACKUP_AND_RESTORE,
    differs: {
      restore: {
        description:
          'Base URL of the search server that the index is restored to, with or without scheme. Required with a strategy.',
      },
    },
  },
  {
    name: 'elasticsearch-username',
    description:
      'User of the search server. Empty: as `bitbucket.properties` says; nobody where that says none. With `amazon-es` it takes the place of signed requests.',
    strategies: SNAPSHOTS,
    actions: BACKUP_AND_RESTORE,
    differs: {
      restore: {
        description:
          'User of the search server. Empty: nobody. With `amazon-es` it takes the place of signed requests.',
      },
    },
  },
  {
    name: 'elasticsearch-password',
    description: 'Password of that user.',
    secret: true,
    strategies: SNAPSHOTS,
    actions: BACKUP_AND_RESTORE,
  },
  {
    name: 'elasticsearch-index',
    description: 'The indices of Bitbucket: names and wildcards, separated by commas.',
    default: 'bitbucket-search-v1',
    strategies: SNAPSHOTS,
    actions: BACKUP,
  },
  {
    name: 'elasticsearch-repository',
    description:
      'Name of the snapshot repository. It is registered where it is missing; one that is registered is used as it is.',
    default: 'bitbucket-snapshots',
    strategies: SNAPSHOTS,
    actions: BACKUP_AND_RESTORE,
    differs: {
      restore: {
        description:
          'Name of the snapshot repository. One that is not registered is read at the place that the next inputs name, and not registered for good.',
      },
    },
  },
  {
    name: 'elasticsearch-location',
    description:
      'Where a repository lies that is registered anew: with `fs` the folder, below `path.repo` of every node; with `s3` and `amazon-es` the path in the bucket.',
    strategies: SNAPSHOTS,
    actions: BACKUP_AND_RESTORE,
  },
  {
    name: 'elasticsearch-s3-bucket',
    description: 'Bucket of a repository that is registered anew.',
    strategies: BUCKET,
    actions: BACKUP_AND_RESTORE,
  },
  {
    name: 'elasticsearch-s3-region',
    description: 'AWS region of that bucket.',
    strategies: BUCKET,
    actions: BACKUP_AND_RESTORE,
  },
  {
    name: 'elasticsearch-role-arn',
    description:
      'Role that Amazon’s service takes on to read and write the bucket. Required where the repository is registered anew.',
    strategies: AMAZON,
    actions: BACKUP_AND_RESTORE,
  },
  {
    name: 'elasticsearch-region',
    description:
      'AWS region of the service, for signed requests. Empty: as its host name, `bitbucket.properties` or `AWS_REGION` says.',
    strategies: AMAZON,
    actions: BACKUP_AND_RESTORE,
    differs: {
      restore: {
        description:
          'AWS region of the service, for signed requests. Empty: as its host name or `AWS_REGION` says.',
      },
    },
  },
];
