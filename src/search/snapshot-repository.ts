/**
 * The snapshot repository: where the cluster writes its snapshots. One that is registered is used as it is; one that leads
 * elsewhere than the inputs say is an error, because the backup would lie where nobody looks for it.
 */
import { ActionError, asError } from '../errors.ts';
import { object, recordOf, text } from '../strategies/json-shape.ts';
import { shaped } from './answer-shapes.ts';
import { isMissing, SearchError } from './search-error.ts';
import type { SearchHttp } from './search-http.ts';

export interface RegisteredRepository {
  readonly type: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** What the inputs say of it. */
export interface WantedRepository {
  readonly name: string;
  readonly type: 'fs' | 's3';
  /** Those that tell where it is, each by the input that says so. */
  readonly place: readonly PlaceSetting[];
  /** Others, for one that is registered anew. */
  readonly settings: Readonly<Record<string, string>>;
}

export interface PlaceSetting {
  readonly setting: string;
  readonly input: string;
  /** Undefined where the input is empty: then a registered one may lead anywhere. */
  readonly value: string | undefined;
  /** It takes this one to register it. */
  readonly required: boolean;
  /** How it is reached rather than where it is: a registered one may have another. */
  readonly isRoute?: boolean;
}

/** All nodes are asked to write and read a file there. */
const REGISTER_TIMEOUT_MS = 90_000;

function repositoryPath(name: string): string {
  return `/_snapshot/${encodeURIComponent(name)}`;
}

/** @returns undefined when none of that name is registered */
export async function findRepository(
  http: SearchHttp,
  name: string,
  signal?: AbortSignal,
): Promise<RegisteredRepository | undefined> {
  const path = repositoryPath(name);
  try {
    const body = await http.send({ method: 'GET', path, retries: 2, signal });
    return shaped(`GET ${path}`, body, (answer) => {
      const found = object(object(answer, 'answer')[name], name);
      return {
        type: text(found['type'], 'type'),
        settings: recordOf(found['settings'] ?? {}, 'settings', (value) => String(value)),
      };
    });
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw error;
  }
}

/** @returns sentences that say in what the registered one differs from the inputs */
export function differences(found: RegisteredRepository, wanted: WantedRepository): string[] {
  const { name, type, place } = wanted;
  if (found.type !== type) {
    return [
      `Snapshot repository '${name}' is registered with type '${found.type}', and elasticsearch-strategy wants '${type}'; choose another elasticsearch-repository or the strategy that fits.`,
    ];
  }
  const decisive = place.filter(({ isRoute }) => isRoute !== true);
  return decisive.flatMap(({ setting, input, value }) => {
    const registered = found.settings[setting] ?? '';
    return value === undefined || isSamePlace(registered, value)
      ? []
      : [
          `Snapshot repository '${name}' is registered with ${setting} '${registered}', and ${input} is '${value}'; correct the input, leave it empty to use the repository as it is, or choose another elasticsearch-repository.`,
        ];
  });
}

/** `/a/b/` is `/a/b`. A relative one hangs below the server's `path.repo`, which only the server knows. */
function isSamePlace(registered: string, wanted: string): boolean {
  const [one, other] = [bare(registered), bare(wanted)];
  const isRelative = one !== '' && !one.startsWith('/');
  return one === other || (isRelative && other.startsWith('/') && other.endsWith(`/${one}`));
}

function bare(path: string): string {
  return path.replaceAll(/\/+/g, '/').replace(/\/$/, '');
}

/** @returns sentences that name the inputs without which it cannot be registered */
export function missingSettings({ name, place }: WantedRepository): string[] {
  return place
    .filter(({ required, value }) => required && value === undefined)
    .map(
      ({ input }) =>
        `Snapshot repository '${name}' is not registered, and input '${input}' is empty; set it to have the repository registered, or name a registered one in elasticsearch-repository.`,
    );
}

/**
 * Registers it; the server writes and reads a file there from every node. One that fails this stays registered in some
 * versions, and is taken back.
 * @throws SearchError with the server's reason
 */
export async function registerRepository(
  http: SearchHttp,
  wanted: WantedRepository,
  options: { readonly readOnly?: boolean; readonly signal?: AbortSignal } = {},
): Promise<void> {
  const { name, type, place, settings } = wanted;
  const told = place.flatMap(({ setting, value }) =>
    value === undefined ? [] : [[setting, value] as const],
  );
  try {
    await http.send({
      method: 'PUT',
      path: repositoryPath(name),
      body: {
        type,
        settings: {
          ...Object.fromEntries(told),
          ...settings,
          ...(options.readOnly === true ? { readonly: true } : {}),
        },
      },
      timeoutMs: REGISTER_TIMEOUT_MS,
      signal: options.signal,
    });
  } catch (error) {
    await unregisterRepository(http, name).catch(() => undefined);
    throw unusable(error, wanted);
  }
}

/** Asks every node to write and read a file there. @throws SearchError */
export async function verifyRepository(
  http: SearchHttp,
  wanted: WantedRepository,
  signal?: AbortSignal,
): Promise<void> {
  try {
    await http.send({
      method: 'POST',
      path: `${repositoryPath(wanted.name)}/_verify`,
      timeoutMs: REGISTER_TIMEOUT_MS,
      signal,
    });
  } catch (error) {
    throw unusable(error, wanted);
  }
}

/** Forgets where it is; what lies there stays. Idempotent. */
export async function unregisterRepository(http: SearchHttp, name: string): Promise<void> {
  try {
    await http.send({ method: 'DELETE', path: repositoryPath(name), retries: 2 });
  } catch (error) {
    if (!isMissing(error)) {
      throw error;
    }
  }
}

/** The server's words stay; what to do depends on the kind of the repository. */
function unusable(error: unknown, { name, type }: WantedRepository): Error {
  if (!(error instanceof SearchError) || error.code !== 'SEARCH_FAILED') {
    return asError(error);
  }
  const advice =
    type === 'fs'
      ? 'The folder must stand in path.repo of every node, be shared by all of them, and be writable by the user that the search server runs as.'
      : 'The bucket must exist, every node must have the plugin repository-s3, and its credentials must be allowed to list, read and write the bucket.';
  return new ActionError(
    'SEARCH_FAILED',
    `The search server cannot use the snapshot repository '${name}': ${error.message}`,
    { advice, cause: error },
  );
}
