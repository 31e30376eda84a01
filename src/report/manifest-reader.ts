/**
 * Reads a manifest that may come from anywhere: a restore believes none of it before it has passed here. Fields that are
 * not known are dropped, so that a later action may add some without a new format version.
 */
import { ActionError } from '../errors.ts';
import {
  amount,
  count,
  type JsonObject,
  list,
  matching,
  object,
  oneOf,
  recorded,
  recordOf,
  ShapeError,
  text,
  truth,
} from '../strategies/json-shape.ts';
import {
  CONSISTENCIES,
  MANIFEST_FORMAT_VERSION,
  type Manifest,
  type ManifestPart,
  type NotBackedUp,
} from './manifest-type.ts';

/** Far above what any backup records; a larger file is no manifest. */
const LONGEST_MANIFEST = 16 * 1024 * 1024;

const SLOTS = ['home', 'database', 'search'] as const;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;
/** A name in `backup-root`: it can neither leave the folder nor be taken for an option. */
const MEMBER = NAME;
const WORD = /^[a-z][a-z0-9-]{0,63}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/;

/**
 * @throws ActionError `VERSION_UNSUPPORTED` for the form of a later action, `MANIFEST_INVALID` for everything that is no
 *   manifest; the message names the first wrong field.
 */
export function readManifest(json: string): Manifest {
  try {
    const root = object(parsed(json), 'the manifest');
    assertFormatVersion(root['formatVersion']);
    return manifestOf(root);
  } catch (error) {
    throw error instanceof ShapeError ? notAManifest(error.message, error) : error;
  }
}

function parsed(json: string): unknown {
  if (json.length > LONGEST_MANIFEST) {
    throw new ShapeError(`it has ${json.length} characters, more than ${LONGEST_MANIFEST}`);
  }
  try {
    const value: unknown = JSON.parse(json);
    return value;
  } catch (error) {
    throw notAManifest('it is not JSON', error);
  }
}

function assertFormatVersion(value: unknown): void {
  const version = count(value, 'formatVersion', 1);
  if (version > MANIFEST_FORMAT_VERSION) {
    throw new ActionError(
      'VERSION_UNSUPPORTED',
      `The manifest has format version ${version}; this action reads version ${MANIFEST_FORMAT_VERSION}.`,
      { advice: 'Use the version of the action that made the backup, or a later one.' },
    );
  }
}

function manifestOf(root: JsonObject): Manifest {
  const product = object(root['product'], 'product');
  const bitbucket = object(root['bitbucket'], 'bitbucket');
  const exclusions = object(root['exclusions'], 'exclusions');
  const runner = object(root['runner'], 'runner');
  return {
    formatVersion: MANIFEST_FORMAT_VERSION,
    product: {
      name: text(product['name'], 'product.name'),
      version: text(product['version'], 'product.version'),
    },
    backupId: matching(root['backupId'], 'backupId', NAME, 'a file name'),
    instanceName: matching(root['instanceName'], 'instanceName', NAME, 'a file name'),
    bitbucket: {
      url: matching(
        bitbucket['url'],
        'bitbucket.url',
        /^https?:\/\/[^\s/?#@]+(?:\/[^\s?#]*)?$/,
        'a base URL',
      ),
      version: text(bitbucket['version'], 'bitbucket.version'),
    },
    times: timesOf(object(root['times'], 'times')),
    consistency: oneOf(root['consistency'], 'consistency', CONSISTENCIES),
    parts: partsOf(root['parts']),
    notBackedUp: list(root['notBackedUp'], 'notBackedUp', missingOf),
    exclusions: {
      patterns: list(exclusions['patterns'], 'exclusions.patterns', text),
      repositories: list(exclusions['repositories'], 'exclusions.repositories', (id, at) => count(id, at, 1)),
    },
    tools: recordOf(root['tools'], 'tools', text),
    runner: {
      hostname: text(runner['hostname'], 'runner.hostname'),
      platform: text(runner['platform'], 'runner.platform'),
    },
    ...githubOf(root['github']),
  };
}

function timesOf(times: JsonObject): Manifest['times'] {
  const moment = (name: string): string => instant(times[name], `times.${name}`);
  return {
    startedAt: moment('startedAt'),
    lockedAt: moment('lockedAt'),
    drainedAt: moment('drainedAt'),
    ...(times['unlockedAt'] === undefined ? {} : { unlockedAt: moment('unlockedAt') }),
    finishedAt: moment('finishedAt'),
    lockedSeconds: amount(times['lockedSeconds'], 'times.lockedSeconds'),
  };
}

function instant(value: unknown, at: string): string {
  const checked = matching(value, at, INSTANT, 'a moment in UTC');
  if (Number.isNaN(Date.parse(checked))) {
    throw new ShapeError(`${at} is not a moment in UTC`);
  }
  return checked;
}

function partsOf(value: unknown): ManifestPart[] {
  const parts = list(value, 'parts', partOf);
  const slots = new Set(parts.map(({ slot }) => slot));
  if (parts.length !== SLOTS.length || slots.size !== SLOTS.length) {
    throw new ShapeError(`parts does not name each of ${SLOTS.join(', ')} once`);
  }
  return parts;
}

function partOf(value: unknown, at: string): ManifestPart {
  const part = object(value, at);
  const { files, bytes } = part;
  return {
    slot: oneOf(part['slot'], `${at}.slot`, SLOTS),
    strategy: matching(part['strategy'], `${at}.strategy`, WORD, 'the name of a strategy'),
    included: truth(part['included'], `${at}.included`),
    members: list(part['members'], `${at}.members`, (member, place) =>
      matching(member, place, MEMBER, 'a plain name below backup-root'),
    ),
    ...(files === undefined ? {} : { files: count(files, `${at}.files`) }),
    ...(bytes === undefined ? {} : { bytes: count(bytes, `${at}.bytes`) }),
    details: recordOf(part['details'], `${at}.details`, recorded),
  };
}

function missingOf(value: unknown, at: string): NotBackedUp {
  const missing = object(value, at);
  return {
    slot: matching(missing['slot'], `${at}.slot`, WORD, 'the name of a slot'),
    reason: text(missing['reason'], `${at}.reason`),
  };
}

function githubOf(value: unknown): Pick<Manifest, 'github'> {
  if (value === undefined) {
    return {};
  }
  const github = object(value, 'github');
  return {
    github: {
      repository: text(github['repository'], 'github.repository'),
      runId: matching(github['runId'], 'github.runId', /^\d{1,20}$/, 'a run id'),
    },
  };
}

function notAManifest(reason: string, cause: unknown): ActionError {
  return new ActionError('MANIFEST_INVALID', `This is not a manifest of a backup: ${reason}.`, {
    advice: 'Use an archive whose checksum matches, made by this action.',
    cause,
  });
}
