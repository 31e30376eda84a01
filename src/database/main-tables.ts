/**
 * Bitbucket's main tables, whose rows are counted in the snapshot that is dumped: the manifest says how many there were, and
 * a restore how many there are. Names as Bitbucket's own schema has them (all versions from 4.0 to 10.x taken together, so
 * not every database has each); what an app has brought is not in here.
 */
export const MAIN_TABLES = [
  'project',
  'repository',
  'sta_pull_request',
  'sta_normal_user',
  'changeset',
  'bb_comment',
  'sta_repo_permission',
  'sta_project_permission',
  'cwd_user',
  'cwd_group',
] as const;

/** `details.rows` in the manifest: the count for each main table that the database has. */
export type RowCounts = Readonly<Record<string, number>>;
