/**
 * What `bitbucket.properties` says of the search server, where the inputs leave it open. As with the database only the
 * inputs are judged here; what the file says wrong becomes a finding of preflight.
 */
import { isAbsolute } from 'node:path';
import { readHomeProperties } from '../../bitbucket/home-properties.ts';
import { type UsedSearch, usedSearch } from '../../bitbucket/used-search.ts';
import type { InputReader } from '../../inputs/reader.ts';
import { type SearchStrategyChoice, searchStrategies } from '../../search/registry.ts';
import type { Finding, StrategyFactory } from '../../strategies/contract.ts';
import { unknownPart } from './unknown-part.ts';

const STAND_INS = { 'elasticsearch-url': 'https://stand-in.invalid', 'elasticsearch-region': 'us-east-1' };

export interface ChosenSearch {
  readonly factory: StrategyFactory;
  readonly told?: string;
  readonly findings: readonly Finding[];
}

/** Notes wrong inputs in the reader; changes nothing. */
export async function chooseSearch(
  inputs: InputReader,
  strategy: SearchStrategyChoice,
  homeStrategy: string,
): Promise<ChosenSearch> {
  const read = async (reader: InputReader): Promise<StrategyFactory> =>
    (await searchStrategies[strategy]()).read(reader);
  const homePath = homeStrategy === 'none' ? '' : inputs.written('home-path');
  const isGiven = inputs.written('elasticsearch-url') !== '';
  // What is wrong with the home its own reader says; without one only the input can tell.
  const isUsable = isAbsolute(homePath) && !/\p{Cc}/u.test(homePath) && !homePath.split('/').includes('..');
  if (strategy === 'none' || !isUsable) {
    return { factory: await read(inputs), findings: [] };
  }
  const properties = await readHomeProperties(homePath);
  const used = 'problem' in properties ? undefined : usedSearch(properties.properties);
  if (used !== undefined && !('problem' in properties)) {
    const factory = await read(
      inputs.answering({ values: answersOf(used, inputs, strategy), parameters: {} }),
    );
    const told = isGiven
      ? {}
      : { told: `Search server found in '${properties.path}': ${withoutSecrets(used.url)}` };
    return { factory, findings: [], ...told };
  }
  if (isGiven) {
    return { factory: await read(inputs), findings: [] };
  }
  // The other inputs may be wrong as well.
  await read(inputs.answering({ values: STAND_INS, parameters: {} }));
  const message =
    'problem' in properties
      ? `Input 'elasticsearch-url' is empty, and '${homePath}' ${properties.problem}; set the input, or correct home-path.`
      : `Input 'elasticsearch-url' is empty, and '${properties.path}' names no search server (plugin.search.config.baseurl); the one that comes with Bitbucket needs no backup: set elasticsearch-strategy: none.`;
  return {
    factory: unknownPart(strategy),
    findings: [{ severity: 'error', subject: 'elasticsearch-url', message }],
  };
}

/** A password goes nowhere but to the server, and for the user, that the file names it for. */
function answersOf(
  { url, username, password, region }: UsedSearch,
  inputs: InputReader,
  strategy: SearchStrategyChoice,
): Readonly<Record<string, string>> {
  const givenUrl = inputs.written('elasticsearch-url');
  const givenUser = inputs.written('elasticsearch-username');
  const isSame = givenUrl === '' || hostOf(givenUrl) === hostOf(url);
  const isSigned = strategy === 'amazon-es' && region !== undefined;
  if (!isSame) {
    return {};
  }
  const isForUser = !isSigned && username !== undefined && (givenUser === '' || givenUser === username);
  if (isForUser && password !== undefined) {
    inputs.mask(password);
  }
  return {
    'elasticsearch-url': url,
    ...(isForUser ? { 'elasticsearch-username': username } : {}),
    ...(isForUser && password !== undefined ? { 'elasticsearch-password': password } : {}),
    ...(isSigned && givenUser === '' ? { 'elasticsearch-region': region } : {}),
  };
}

/** With its port; undefined for what is no URL, which the reader of the input says. */
function hostOf(written: string): string | undefined {
  const url = written.includes('://') ? written : `http://${written}`;
  return URL.canParse(url) ? new URL(url).host : undefined;
}

/** User and query can be secret, and in a URL that is wrong a password can hold anything. */
function withoutSecrets(url: string): string {
  return url.replace(/.*@/s, '***@').replace(/[?#].*$/s, '');
}
