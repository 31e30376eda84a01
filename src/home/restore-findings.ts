/** Everything that can be known of the targets before the archive is unpacked. Changes nothing. */
import { isWithin, realPath } from '../host/real-path.ts';
import type { Finding } from '../strategies/contract.ts';
import type { ArchivedPart } from '../strategies/restore.ts';
import type { HomeRestoreOptions, RestoredTree } from './restore-options.ts';
import { targetFindings } from './restore-target.ts';

export async function restoreFindings(
  options: HomeRestoreOptions,
  trees: readonly RestoredTree[],
  part: ArchivedPart | undefined,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [...(await nestedFindings(trees)), ...storeFindings(options, part)];
  for (const tree of trees) {
    findings.push(...(await targetFindings(tree)));
  }
  return findings;
}

/** Where each data store of the archive goes is for people to say: an archive must not choose folders of this machine. */
function storeFindings({ dataStores }: HomeRestoreOptions, part: ArchivedPart | undefined): Finding[] {
  const recorded = part?.recorded?.details['dataStores'];
  if (!Array.isArray(recorded)) {
    return [];
  }
  const inArchive = recorded.filter((path) => typeof path === 'string');
  const named = dataStores.map(({ from }) => from);
  return [
    ...inArchive
      .filter((path) => !named.includes(path))
      .map((path) =>
        problem(
          `lacks the data store '${path}' of the archive; add a line '${path}', or '${path}=/other/path' to restore it elsewhere.`,
        ),
      ),
    ...named
      .filter((path) => !inArchive.includes(path))
      .map((path) =>
        problem(
          `names '${path}', and the archive holds no such data store (${inArchive.length === 0 ? 'it has none' : inArchive.join(', ')}); remove or correct it.`,
        ),
      ),
  ];
}

async function nestedFindings(trees: readonly RestoredTree[]): Promise<Finding[]> {
  const places: { readonly tree: RestoredTree; readonly path: string }[] = [];
  for (const tree of trees) {
    places.push({ tree, path: await realPath(tree.path) });
  }
  return places.flatMap((one, index) =>
    places
      .slice(index + 1)
      .filter((other) => isWithin(one.path, other.path) || isWithin(other.path, one.path))
      .map((other) =>
        problem(
          `restores ${one.tree.what} to '${one.tree.path}' and ${other.tree.what} to '${other.tree.path}', of which one lies in the other; name folders that are apart.`,
        ),
      ),
  );
}

function problem(sentence: string): Finding {
  return { severity: 'error', subject: 'data-stores', message: `Input 'data-stores' ${sentence}` };
}
