/** The README's tables of inputs and outputs, made from an `action.yml`. */
import { parse } from 'yaml';
import { orList } from '../src/inputs/reader.ts';

interface Declared {
  readonly description: string;
  readonly required?: boolean;
  readonly default?: string;
}

export interface ActionMetadata {
  readonly inputs?: Readonly<Record<string, Declared>>;
  readonly outputs?: Readonly<Record<string, Declared>>;
}

/** The strategy that an input belongs to, such as `database:postgresql`. */
export type StrategiesOf = (input: string) => readonly string[];

/** In the order of the README. An input goes to the first area that takes it. */
const AREAS: readonly (readonly [title: string, names: RegExp])[] = [
  ['Places', /^(?:archive|archive-root|backup-root|restore-root|keep-backups)$/],
  ['Home', /^(?:home-|data-stores$|exclude-repositories$|update-properties$)/],
  ['Database', /^database-/],
  ['Search index', /^elasticsearch-/],
  ['Archive', /^archive-/],
  ['Report', /^upload-artifact$/],
  ['Instance', /./],
];
const FIRST_AREA = 'Instance';

const STRATEGY_INPUTS: Readonly<Record<string, string>> = {
  home: 'home-strategy',
  database: 'database-strategy',
  search: 'elasticsearch-strategy',
  archive: 'archive-strategy',
};

export function parseActionMetadata(text: string): ActionMetadata {
  const metadata: unknown = parse(text);
  if (!isActionMetadata(metadata)) {
    throw new TypeError('action.yml is not a mapping.');
  }
  return metadata;
}

export function inputTables(metadata: ActionMetadata, strategiesOf: StrategiesOf): string {
  const inputs = Object.entries(metadata.inputs ?? {});
  const areas = AREAS.map(([title]) => ({
    title,
    inputs: inputs.filter(([name]) => AREAS.find(([, names]) => names.test(name))?.[0] === title),
  })).filter((area) => area.inputs.length > 0);
  return areas
    .toSorted((a, b) => Number(b.title === FIRST_AREA) - Number(a.title === FIRST_AREA))
    .map(({ title, inputs: members }) =>
      [
        `### ${title}`,
        '',
        '| Input | Default | |',
        '|---|---|---|',
        ...members.map(([name, input]) => inputRow(name, input, strategiesOf(name))),
      ].join('\n'),
    )
    .join('\n\n');
}

export function outputTable(metadata: ActionMetadata): string {
  const rows = Object.entries(metadata.outputs ?? {}).map(
    ([name, { description }]) => `| \`${name}\` | ${cell(description)} |`,
  );
  return ['| Output | |', '|---|---|', ...rows].join('\n');
}

/**
 * Puts text between `<!-- name:begin -->` and `<!-- name:end -->`.
 * @throws when the markers are not there.
 */
export function replaceSection(page: string, name: string, text: string): string {
  const begin = `<!-- ${name}:begin -->`;
  const end = `<!-- ${name}:end -->`;
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) {
    throw new Error(`The markers ${begin} and ${end} are missing.`);
  }
  return `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}`;
}

function inputRow(name: string, input: Declared, strategies: readonly string[]): string {
  const given = input.default === undefined || input.default === '' ? '' : `\`${input.default}\``;
  const [slot = ''] = strategies[0]?.split(':') ?? [];
  const only = strategies.map((strategy) => `\`${strategy.split(':')[1] ?? ''}\``);
  const scope = only.length === 0 ? '' : ` Only with ${STRATEGY_INPUTS[slot] ?? slot} ${orList(only)}.`;
  return `| \`${name}\` | ${input.required === true ? '**required**' : given} | ${cell(input.description)}${scope} |`;
}

function cell(text: string): string {
  return text
    .trim()
    .replaceAll('|', '\\|')
    .replaceAll(/\s*\n\s*/g, ' ');
}

function isActionMetadata(value: unknown): value is ActionMetadata {
  return typeof value === 'object' && value !== null;
}
