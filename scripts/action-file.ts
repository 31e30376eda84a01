/** Renders an `action.yml` from the declarations in `src/inputs`, so that code and metadata cannot drift apart. */
import { Document } from 'yaml';
import { type ActionName, type InputDeclaration, inputsOf } from '../src/inputs/declarations.ts';
import { outputsOf } from '../src/inputs/outputs.ts';

export interface ActionFile {
  readonly action: ActionName;
  /** Relative to the root of the repository. */
  readonly path: string;
  /** Holds the tables of inputs and outputs, relative to the root of the repository. */
  readonly readme: string;
  readonly name: string;
  readonly description: string;
  readonly branding?: { readonly icon: string; readonly color: string };
  readonly runs: { readonly using: 'node24'; readonly main: string; readonly post?: string };
}

export const actionFiles: readonly ActionFile[] = [
  {
    action: 'backup',
    path: 'action.yml',
    readme: 'README.md',
    name: 'Bitbucket backup',
    description:
      'Backs up Bitbucket Server and Data Center: home and database at one point in time, users locked out only while it is fixed.',
    branding: { icon: 'archive', color: 'blue' },
    runs: { using: 'node24', main: 'dist/backup/index.js', post: 'dist/post/index.js' },
  },
  {
    action: 'restore',
    path: 'restore/action.yml',
    readme: 'restore/README.md',
    name: 'Bitbucket restore',
    description:
      'Restores a backup of Bitbucket Server and Data Center into an empty home and database; nothing that exists is overwritten.',
    runs: { using: 'node24', main: '../dist/restore/index.js', post: '../dist/restore-post/index.js' },
  },
  {
    action: 'cancel',
    path: 'cancel/action.yml',
    readme: 'cancel/README.md',
    name: 'Bitbucket backup cancel',
    description: 'Cancels a backup that is running: ends the task in Bitbucket and unlocks it.',
    runs: { using: 'node24', main: '../dist/cancel/index.js' },
  },
];

export function renderActionFile({
  action,
  path: _path,
  readme: _readme,
  runs,
  ...head
}: ActionFile): string {
  const document = new Document({
    ...head,
    inputs: Object.fromEntries(inputsOf(action).map((input) => [input.name, renderInput(input)])),
    outputs: Object.fromEntries(outputsOf(action).map(({ name, description }) => [name, { description }])),
    runs,
  });
  document.commentBefore = ' Made from src/inputs by `npm run docs`; change it there.';
  return document.toString({ lineWidth: 110, singleQuote: true });
}

function renderInput(input: InputDeclaration): Record<string, string | boolean> {
  return {
    description: input.description,
    // Callers are checked against this whatever strategy they use, so an input of one strategy is optional here.
    required: input.required === true && input.strategies === undefined,
    ...(input.default === undefined ? {} : { default: input.default }),
  };
}
