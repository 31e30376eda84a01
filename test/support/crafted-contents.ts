/** Members of crafted archives, and what a restore makes of the list that the tar of this machine gives of them. */
import type { ArchivedTree, Contents } from '../../src/archive/member-check.ts';
import { MemberList } from '../../src/archive/member-list.ts';
import { HOME, listed } from './archive-source.ts';
import { craftTar, type CraftedMember } from './crafted-archives.ts';

const STORE: ArchivedTree = { member: 'bitbucket-data-stores/mnt/store', target: '/mnt/store' };
const DATABASE: ArchivedTree = { member: 'bitbucket-db', target: '' };

export const folder = (name: string): CraftedMember => ({ name, type: '5' });
export const link = (name: string, target: string): CraftedMember => ({ name, type: '2', target });
export const hardLink = (name: string, target: string): CraftedMember => ({ name, type: '1', target });
export const inHome = (name: string): CraftedMember => ({ name: `bitbucket-home/${name}` });
export const linkInHome = (name: string, target: string): CraftedMember =>
  link(`bitbucket-home/${name}`, target);

/** By way of a real tar, of what it lists of an archive with these members. */
export async function contentsOf(
  members: readonly CraftedMember[],
  trees: readonly ArchivedTree[] = [HOME, STORE, DATABASE],
): Promise<Contents> {
  const list = new MemberList(trees);
  for (const line of await listed(craftTar(members))) {
    list.line(line);
  }
  return list.finish();
}
