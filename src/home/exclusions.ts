/**
 * What a backup leaves out of the home: what Bitbucket makes again by itself, what belongs to the running process, and
 * the database files of an embedded H2, which are consistent only as a backup of their own. Patterns are those of rsync,
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

/** @param excludedRepositories ids of repositories that are left out. */
export function homeExclusions(excludedRepositories: readonly number[]): readonly string[] {
  return [
    ...REBUILT_OR_RUNNING,
    ...EMBEDDED_DATABASE,
    // Without a slash at the end: a link to a repository that was moved elsewhere is left out too.
    ...excludedRepositories.flatMap((id) => [`/shared/data/repositories/${id}`, `/data/repositories/${id}`]),
  ];
}

/** Data stores fan out: `<store>/repositories/<xx>/<yy>/<id>`. */
export function storeExclusions(excludedRepositories: readonly number[]): readonly string[] {
  return excludedRepositories.map((id) => `/repositories/*/*/${id}`);
}
