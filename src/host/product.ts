/** What this is, for manifests. A test holds the version to that of package.json. */
export const PRODUCT = { name: 'bitbucket-backup-action', version: '0.1.0' } as const;
