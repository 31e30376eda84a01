/**
 * The database strategy of a backup: the one that the inputs name, or with `auto` the one that fits the database in
 * `bitbucket.properties`. Only the inputs are judged here. What the file says wrong becomes a finding of preflight: by then a
 * run that died has been recovered, and an unmounted home must not keep Bitbucket locked.
 */
import { isAbsolute } from 'node:path';
import { readHomeProperties } from '../../bitbucket/home-properties.ts';
import { type NetworkDatabase, usedDatabase } from '../../bitbucket/used-database.ts';
import { databaseStrategies, type DatabaseStrategyName } from '../../database/registry.ts';
import type { InputReader } from '../../inputs/reader.ts';
import type { Finding } from '../../strategies/contract.ts';
import { keysOf } from '../common-options.ts';
import { answersOf, type GivenConnection, isForUser } from './answers.ts';
import { comparedWithInputs } from './compare-database.ts';
import { describeDatabase, KIND_NAMES } from './describe-database.ts';
import { foreignFindings } from './foreign-findings.ts';

export const AUTO = 'auto';

export interface ChosenDatabase {
  /** Undefined when it could not be found out; a finding says why. */
  readonly name: DatabaseStrategyName | undefined;
  /** What the strategy reads its options from. */
  readonly inputs: InputReader;
  readonly used: UsedDatabaseReport;
}

/** What is told of it. */
export interface UsedDatabaseReport {
  readonly told?: string;
  readonly findings: readonly Finding[];
}

/** The choices of the input `database-strategy`. */
export function databaseChoices(): [typeof AUTO, ...DatabaseStrategyName[]] {
  return [AUTO, ...keysOf(databaseStrategies)];
}

/** Reads `bitbucket.properties`, and changes nothing. Notes wrong inputs in the reader. */
export async function chooseDatabase(
  inputs: InputReader,
  wanted: typeof AUTO | DatabaseStrategyName,
  homeStrategy: string,
): Promise<ChosenDatabase> {
  if (wanted === AUTO && homeStrategy === 'none') {
    inputs.problem(
      'database-strategy',
      "is 'auto', which looks into bitbucket.properties of the home, and home-strategy is 'none'; name the strategy of the database.",
    );
  }
  const homePath = homeStrategy === 'none' ? '' : inputs.written('home-path');
  // What is wrong with it the reader of the home says.
  const isUsable = isAbsolute(homePath) && !/\p{Cc}/u.test(homePath) && !homePath.split('/').includes('..');
  if (!isUsable || wanted === 'none') {
    return { name: wanted === AUTO ? undefined : wanted, inputs, used: { findings: [] } };
  }
  const read = await readHomeProperties(homePath);
  return wanted === AUTO ? found(inputs, homePath, read) : named(inputs, wanted, read);
}

type Read = Awaited<ReturnType<typeof readHomeProperties>>;

/** The inputs say how; the file, where it can be read, whether that is the database of this Bitbucket. */
function named(inputs: InputReader, name: DatabaseStrategyName, read: Read): ChosenDatabase {
  const used = 'problem' in read ? undefined : usedDatabase(read.properties);
  const findings =
    'problem' in read || used === undefined || 'problem' in used
      ? []
      : comparedWithInputs({ used, path: read.path, strategy: name, given: givenConnection(inputs) });
  return { name, inputs, used: { findings } };
}

function found(inputs: InputReader, homePath: string, read: Read): ChosenDatabase {
  if ('problem' in read) {
    return unknown(
      inputs,
      'home-path',
      `Input 'database-strategy' is 'auto', and '${homePath}' ${read.problem}; correct home-path, mount its volume, or name the strategy.`,
    );
  }
  const { path } = read;
  const used = usedDatabase(read.properties);
  if ('problem' in used) {
    return unknown(
      inputs,
      'database-strategy',
      `Input 'database-strategy' is 'auto', and '${path}' ${used.problem}; name the strategy with the inputs database-*, or use custom or none.`,
    );
  }
  const name = keysOf(databaseStrategies).find((key) => key === used.kind);
  if (name === undefined) {
    return unknown(
      inputs,
      'database-strategy',
      `'${path}' names a database of ${KIND_NAMES[used.kind]}, for which there is no strategy; use custom or none.`,
    );
  }
  const told = describeDatabase(used, givenConnection(inputs));
  const foreign = foreignFindings(inputs, name, `'${path}' names ${KIND_NAMES[used.kind]}`);
  const summary = `Database found in '${path}': ${told}`;
  return used.kind === 'internal'
    ? { name, inputs, used: { told: summary, findings: foreign } }
    : network(inputs, { name, path, used, told: summary, foreign });
}

interface NetworkFound {
  readonly name: DatabaseStrategyName;
  readonly path: string;
  readonly used: NetworkDatabase;
  readonly told: string;
  readonly foreign: readonly Finding[];
}

function network(inputs: InputReader, { name, path, used, told, foreign }: NetworkFound): ChosenDatabase {
  const given = givenConnection(inputs);
  if (used.password !== undefined && used.password !== '') {
    inputs.mask(used.password);
  }
  const answers = answersOf(used, given);
  return {
    name,
    inputs: inputs.answering(answers),
    used: {
      told,
      findings: [
        ...foreign,
        ...encryptedFindings(used, given, path),
        ...comparedWithInputs({ used, path, strategy: name, given }),
        ...answers.ignored.map(
          (what): Finding => ({
            severity: 'warning',
            subject: 'database-strategy',
            message: `jdbc.url in '${path}' has ${what}, which no client outside of Java can be told; the backup connects without it.`,
          }),
        ),
      ],
    },
  };
}

function encryptedFindings(used: NetworkDatabase, given: GivenConnection, path: string): Finding[] {
  return used.decrypter === undefined ||
    given.hasPassword ||
    !isForUser({ ...used, decrypter: undefined }, given)
    ? []
    : [
        {
          severity: 'error',
          subject: 'database-password',
          message: `jdbc.password in '${path}' is encrypted (${used.decrypter}); give the password as input 'database-password'.`,
        },
      ];
}

function unknown(inputs: InputReader, subject: string, message: string): ChosenDatabase {
  return {
    name: undefined,
    inputs,
    used: { findings: [{ severity: 'error', subject, message }] },
  };
}

function givenConnection(inputs: InputReader): GivenConnection {
  const given = (name: string): string | undefined => inputs.written(name) || undefined;
  return {
    host: given('database-host'),
    port: given('database-port'),
    database: given('database-name'),
    username: given('database-username'),
    hasPassword: inputs.secret('database-password') !== undefined,
  };
}
