/**
 * Which files need no look of their own. Git writes objects and packs under a temporary name and links or renames them
 * to names that are made of their content (git's object-file.c `finalize_object_file`, pack-write.c), so a folder of them
 * that is unchanged holds what it held. Files in it that have other names are looked at like any other.
 */

/** `objects` is that of a repository; `fan-out` one of its folders for loose objects; `pack` that for packs. */
export const FOLDER_KINDS = ['plain', 'objects', 'fan-out', 'pack'] as const;
export type FolderKind = (typeof FOLDER_KINDS)[number];

const LOOSE_OBJECT = /^(?:[0-9a-f]{38}|[0-9a-f]{62})$/;

/** Not `.keep`, `.promisor` and the like: these are written in place. */
const PACK = /^pack-(?:[0-9a-f]{40}|[0-9a-f]{64})\.(?:pack|idx|rev|bitmap|mtimes)$/;

/** Does the content of a file follow from its name? */
export function isNamedByContent(folder: FolderKind, name: string): boolean {
  switch (folder) {
    case 'fan-out':
      return LOOSE_OBJECT.test(name);
    case 'pack':
      return PACK.test(name);
    case 'plain':
    case 'objects':
      return false;
  }
}

/** @param names in the folder: git takes one for a repository that has `HEAD`, `objects` and `refs` (setup.c `is_git_directory`) */
export function kindOfSubfolder(
  folder: FolderKind,
  subfolder: string,
  names: { has(name: string): boolean },
): FolderKind {
  switch (folder) {
    case 'plain':
      return subfolder === 'objects' && names.has('HEAD') && names.has('refs') ? 'objects' : 'plain';
    case 'objects':
      if (/^[0-9a-f]{2}$/.test(subfolder)) {
        return 'fan-out';
      }
      return subfolder === 'pack' ? 'pack' : 'plain';
    case 'fan-out':
    case 'pack':
      return 'plain';
  }
}
