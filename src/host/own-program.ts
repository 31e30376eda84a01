/** Programs of our own that run as children of ours. */
import { dirname, join } from 'node:path';

/** @returns the file that Node is to run: beside the bundle in `dist/`, or the source itself */
export function ownProgram(name: 'home-scan'): string {
  const here = import.meta.filename;
  return here.endsWith('.ts')
    ? join(dirname(here), '..', 'entries', `${name}.ts`)
    : join(dirname(here), '..', name, 'index.js');
}
