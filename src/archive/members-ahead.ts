/** Whether some top-level members of an archive can be unpacked for themselves, long before the others are. */
import type { Contents } from './member-check.ts';

/** Is it enough for these members to read what stands ahead of the others? */
export function comeAhead(
  { counts, folders }: Contents,
  members: readonly string[],
  others: readonly string[],
): boolean {
  const order = [...counts.keys()];
  const last = Math.max(...members.map((member) => order.indexOf(member)));
  return (
    members.every((member) => folders.isApart(member)) && others.every((other) => order.indexOf(other) > last)
  );
}
