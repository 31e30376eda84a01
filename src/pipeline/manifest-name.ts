/** The manifest's name in the working copy and in every archive (DESIGN.md, section 7). */
export const MANIFEST_NAME = 'manifest.json';
