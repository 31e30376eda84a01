/** Names and values in T-SQL: whatever they hold, they are one name or one value and nothing else. */
import { ActionError } from '../../errors.ts';

/** A delimited identifier (T-SQL reference, "Database identifiers"). @throws ActionError DB_FAILED as `checked` does */
export function quoteName(name: string): string {
  return `[${checked(name).replaceAll(']', ']]')}]`;
}

/** A Unicode string constant (T-SQL reference, "Constants"). @throws ActionError DB_FAILED as `checked` does */
export function quoteText(value: string): string {
  return `N'${checked(value).replaceAll("'", "''")}'`;
}

/**
 * A line of its own would be sqlcmd's to read: `GO`, `:r file` and `!! program` begin one, inside quotes as well. The names
 * in a backup come from an archive, so that this is no matter of politeness.
 */
function checked(value: string): string {
  if (/[\p{Cc}\u2028\u2029]/u.test(value)) {
    throw new ActionError('DB_FAILED', `The name ${JSON.stringify(value)} has a control character in it.`, {
      advice: 'Rename what is called so.',
    });
  }
  return value;
}
