/**
 * What a backup leaves out of the home: what Bitbucket makes again by itself, what belongs to the running process, and
 * the database files of an embedded H2 that Bitbucket does not use any more. Patterns are those of rsync,
 * anchored at the root of what is copied (DESIGN.md, section 7).
 */
const REBUILT_OR_RUNNING = [
  '/caches/',
  '/log/',
  '/tmp',
  '/.lock',
  '/shared/.lock',
  '/export/',
  '/shared/export/',
  '/plugins/.*/',
  '/shared/plugins/.*/',
  '/search/data/',
  '/shared/search/data/',
];

const EMBEDDED_DATABASE = ['/data/db.*', '/shared/data/db.*'];

/**
 * @param excludedRepositories ids of repositories that are left out
 * @param internalDatabase that H2 is Bitbucket's database, and goes with the home
 */
export function homeExclusions(
  excludedRepositories: readonly number[],
  internalDatabase = false,
): readonly string[] {
  return [
    ...REBUILT_OR_RUNNING,
    ...(internalDatabase ? [] : EMBEDDED_DATABASE),
    // Without a slash at the end: a link to a repository that was moved elsewhere is left out too.
    ...excludedRepositories.flatMap((id) => [`/shared/data/repositories/${id}`, `/data/repositories/${id}`]),
  ];
}

/** Data stores fan out: `<store>/repositories/<xx>/<yy>/<id>`. */
export function storeExclusions(excludedRepositories: readonly number[]): readonly string[] {
  return excludedRepositories.map((id) => `/repositories/*/*/${id}`);
}
