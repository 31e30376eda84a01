/**
 * What a user may do, as SQL: expressions that are 1 or 0. A user sees the rights that were given to himself; those that come by
 * a role he does not see in these lists, so that whoever has roles may have them all.
 */
import type { Row } from './rows.ts';

/** `'user'@'host'`, of what `CURRENT_USER()` gives as `user@host`. */
const GRANTEE = `CONCAT("'", LEFT(CURRENT_USER(), CHAR_LENGTH(CURRENT_USER()) - CHAR_LENGTH(SUBSTRING_INDEX(CURRENT_USER(), '@', -1)) - 1), "'@'", SUBSTRING_INDEX(CURRENT_USER(), '@', -1), "'")`;

/** On the whole server. */
export function hasRight(right: string): string {
  return `(SELECT COUNT(*) > 0 FROM information_schema.USER_PRIVILEGES WHERE GRANTEE = ${GRANTEE} AND PRIVILEGE_TYPE = '${right}')`;
}

/**
 * On the server, or on this database: the names of the list are patterns.
 * @param database an expression
 */
export function hasRightIn(right: string, database: string): string {
  return `(${hasRight(right)} OR (SELECT COUNT(*) > 0 FROM information_schema.SCHEMA_PRIVILEGES
    WHERE GRANTEE = ${GRANTEE} AND PRIVILEGE_TYPE = '${right}' AND ${database} LIKE TABLE_SCHEMA))`;
}

/** @param rows what `SHOW GRANTS` answered, among others: rights are given on something, roles are not */
export function hasRoles(rows: readonly Row[]): boolean {
  return rows.some((row) => row.text(0).startsWith('GRANT ') && !row.text(0).includes(' ON '));
}
