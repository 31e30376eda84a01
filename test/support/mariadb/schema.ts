/** A database as Bitbucket has it on MySQL and MariaDB, in small. The same arguments give the same data. */
import { createCipheriv } from 'node:crypto';

export interface DataSize {
  readonly projects: number;
  readonly repositories: number;
  /** Per repository. */
  readonly pullRequests: number;
  /** Bytes of data that does not compress, besides. */
  readonly bytes?: number;
}

const BULK_ROW = 64 * 1024;

export function schemaSql(): string {
  return `
CREATE TABLE app_property (prop_key varchar(50) PRIMARY KEY, prop_value varchar(2000) NOT NULL);
CREATE TABLE id_sequence (sequence_name varchar(255) PRIMARY KEY, next_id bigint NOT NULL);
CREATE TABLE project (id int PRIMARY KEY, name varchar(128) NOT NULL, project_key varchar(128) NOT NULL UNIQUE,
  description varchar(255), project_type int NOT NULL) COMMENT = 'A comment with ''quotes''; and a
line break';
CREATE TABLE repository (id int PRIMARY KEY, slug varchar(128) NOT NULL, name varchar(128) NOT NULL, project_id int NOT NULL,
  is_public boolean NOT NULL, UNIQUE (slug, project_id), FOREIGN KEY (project_id) REFERENCES project (id));
CREATE TABLE sta_normal_user (user_id int PRIMARY KEY, name varchar(255) NOT NULL, slug varchar(127) NOT NULL UNIQUE,
  created_timestamp timestamp(3) NULL);
CREATE TABLE changeset (id varchar(40) PRIMARY KEY, author_timestamp datetime NOT NULL);
CREATE TABLE cs_attribute (cs_id varchar(40) NOT NULL, att_name varchar(64) NOT NULL, att_value varchar(128) NOT NULL,
  PRIMARY KEY (cs_id, att_name, att_value), FOREIGN KEY (cs_id) REFERENCES changeset (id) ON DELETE CASCADE);
CREATE TABLE sta_pull_request (id bigint PRIMARY KEY, scoped_id bigint NOT NULL, pr_state int NOT NULL, title varchar(255) NOT NULL,
  description longtext, to_repository_id int NOT NULL, severity decimal(4, 2) NOT NULL DEFAULT 1.25,
  FOREIGN KEY (to_repository_id) REFERENCES repository (id), UNIQUE (to_repository_id, scoped_id));
CREATE TABLE sta_activity (id bigint AUTO_INCREMENT PRIMARY KEY, activity_type int NOT NULL, pr_id bigint,
  at datetime(6) NOT NULL, double_type int GENERATED ALWAYS AS (activity_type * 2) STORED,
  FOREIGN KEY (pr_id) REFERENCES sta_pull_request (id), KEY idx_activity_at (at));
CREATE TABLE bb_clusteredjob (job_id varchar(255) PRIMARY KEY, job_version bigint, parameters longblob);
CREATE TABLE \`AO_C77861_AUDIT_ENTITY\` (\`ID\` bigint AUTO_INCREMENT PRIMARY KEY, \`ACTION\` varchar(255), \`ATTRIBUTES\` longtext);
CREATE TABLE \`Odd \`\`name; -- #'"äöü\` (\`a\`\`b c\` int PRIMARY KEY, t text);
CREATE VIEW repository_access AS SELECT r.id, CONCAT(p.project_key, '/', r.slug) AS path
  FROM repository r JOIN project p ON p.id = r.project_id;
`;
}

export function dataSql(size: DataSize): string {
  const pullRequests = size.repositories * size.pullRequests;
  return `
SET SESSION sql_mode = '';
INSERT INTO app_property VALUES ('instance.home', '/var/atlassian/application-data/bitbucket'), ('setup.completed', 'true'),
  ('instance.name', 'Größe "quoted" \\\\ back\\tslash\\nnew line \\0 nul \\Z 😀'), ('empty', '');
INSERT INTO project SELECT seq, CONCAT('Project ', seq), CONCAT('PRJ', seq), IF(seq % 2 = 0, CONCAT('Ünïcode ', seq), NULL), 0
  FROM seq_1_to_${size.projects};
INSERT INTO repository SELECT seq, CONCAT('repo-', seq), CONCAT('Repo ', seq), 1 + seq % ${size.projects}, seq % 3 = 0
  FROM seq_1_to_${size.repositories};
INSERT INTO sta_normal_user SELECT seq, CONCAT('User ', seq), CONCAT('user-', seq), '2020-01-01 00:00:00.125' + INTERVAL seq SECOND FROM seq_1_to_20;
INSERT INTO changeset SELECT LEFT(SHA2(seq, 256), 40), '2021-01-01' + INTERVAL seq MINUTE FROM seq_1_to_${pullRequests};
INSERT INTO cs_attribute SELECT id, 'jira-key', CONCAT('KEY-', LEFT(id, 8)) FROM changeset;
INSERT INTO sta_pull_request SELECT seq, 1 + (seq - 1) % ${size.pullRequests}, seq % 3, CONCAT('Pull request ', seq),
  REPEAT(CONCAT('Beschreibung ', seq, '\\n'), 1 + seq % 20), 1 + (seq - 1) DIV ${size.pullRequests}, 1.5 FROM seq_1_to_${pullRequests};
INSERT INTO sta_activity (activity_type, pr_id, at) SELECT seq % 7, seq, '2022-01-01 00:00:00.000001' + INTERVAL seq SECOND
  FROM seq_1_to_${pullRequests};
INSERT INTO \`AO_C77861_AUDIT_ENTITY\` (\`ACTION\`, \`ATTRIBUTES\`) SELECT 'repository.create', CONCAT('{"id":', seq, ',"tab":"\\\\t"}') FROM seq_1_to_50;
INSERT INTO \`Odd \`\`name; -- #'"äöü\` VALUES (1, 'USE mysql;\\nDROP DATABASE bitbucket;\\n-- Dump completed\\n');
INSERT INTO bb_clusteredjob SELECT CONCAT('job-', seq), seq, UNHEX(REPEAT('00ff5c0a0d27', seq)) FROM seq_1_to_10;
${bulkSql(Math.ceil((size.bytes ?? 0) / BULK_ROW))}INSERT INTO id_sequence VALUES ('project', ${size.projects + 1}), ('repository', ${size.repositories + 1});
${ANALYZE_SQL}`;
}

/**
 * InnoDB counts what a table holds some seconds later, in the background: until then the server tells the size of the empty
 * table, and an estimate made of that is too small. A Bitbucket's tables were not filled a moment ago.
 */
const ANALYZE_SQL = `ANALYZE TABLE app_property, project, repository, sta_normal_user, changeset, cs_attribute, sta_pull_request,
  sta_activity, \`AO_C77861_AUDIT_ENTITY\`, \`Odd \`\`name; -- #'"äöü\`, bb_clusteredjob, id_sequence;
`;

function bulkSql(rows: number): string {
  // The key stream of a cipher: looks random, is the same each time.
  const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16));
  const zeros = Buffer.alloc(BULK_ROW);
  return Array.from(
    { length: rows },
    (_, n) =>
      `INSERT INTO bb_clusteredjob VALUES ('bulk-${n}', ${n}, x'${cipher.update(zeros).toString('hex')}');\n`,
  ).join('');
}

/** What apps may bring besides, and Bitbucket never has: made by root, so that its restore by another user is seen. */
export const MORE_SQL = `
CREATE PROCEDURE twice(IN n int) COMMENT 'doubles' SELECT 2 * n AS result;
CREATE FUNCTION plus_one(n int) RETURNS int DETERMINISTIC RETURN n + 1;
DELIMITER ;;
CREATE TRIGGER project_name BEFORE INSERT ON project FOR EACH ROW BEGIN
  -- a comment; with a semicolon
  IF NEW.name = '' THEN SET NEW.name = 'none'; END IF;
END;;
DELIMITER ;
CREATE EVENT yearly ON SCHEDULE EVERY 1 YEAR STARTS '2037-01-01 00:00:00' DISABLE DO DELETE FROM app_property WHERE prop_key = 'none';
CREATE SQL SECURITY INVOKER VIEW projects AS SELECT id, name FROM project WHERE id > 0 WITH CASCADED CHECK OPTION;
`;
