/** Reads everything a backup is told, in one go: all wrong inputs are named together, before anything happens. */
import { readFileSync } from 'node:fs';
import { archiveStrategies } from '../archive/registry.ts';
import type { ArchiveFactory } from '../archive/strategy.ts';
import { holdsCertificate } from '../bitbucket/certificates.ts';
import type { Connection, Credentials } from '../bitbucket/connection.ts';
import { DEFAULT_LIMITS, type WindowLimits } from '../bitbucket/limits.ts';
import { databaseStrategies } from '../database/registry.ts';
import { asError } from '../errors.ts';
import { homeStrategies } from '../home/registry.ts';
import { refuseForeignInputs } from '../inputs/foreign-inputs.ts';
import type { InputReader } from '../inputs/reader.ts';
import { searchStrategies } from '../search/registry.ts';
import type { StrategyFactory } from '../strategies/contract.ts';

export interface BackupOptions {
  readonly connection: Connection;
  readonly instanceName: string;
  readonly limits: WindowLimits;
  readonly dryRun: boolean;
  readonly backupRoot: string;
  readonly keepBackups: number;
  readonly home: StrategyFactory;
  readonly database: StrategyFactory;
  readonly search: StrategyFactory;
  readonly archive: ArchiveFactory;
  readonly uploadArtifact: 'manifest' | 'none';
  /** The chosen strategy of each slot, for the plan. */
  readonly chosen: Readonly<Record<'home' | 'database' | 'search' | 'archive', string>>;
}

const MINUTE_MS = 60_000;
const INSTANCE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** @throws ConfigurationError with every problem */
export async function readBackupOptions(inputs: InputReader): Promise<BackupOptions> {
  const chosen = {
    home: inputs.choice('home-strategy', keysOf(homeStrategies)),
    database: inputs.choice('database-strategy', keysOf(databaseStrategies)),
    search: inputs.choice('elasticsearch-strategy', keysOf(searchStrategies)),
    archive: inputs.choice('archive-strategy', keysOf(archiveStrategies)),
  };
  refuseForeignInputs(inputs, 'backup', chosen);
  const options: BackupOptions = {
    connection: readConnection(inputs),
    instanceName: readInstanceName(inputs),
    limits: readLimits(inputs),
    dryRun: inputs.boolean('dry-run'),
    backupRoot: inputs.requiredPath('backup-root'),
    keepBackups: inputs.integer('keep-backups', { min: 0, max: 10_000 }),
    home: (await homeStrategies[chosen.home]()).read(inputs),
    database: (await databaseStrategies[chosen.database]()).read(inputs),
    search: (await searchStrategies[chosen.search]()).read(inputs),
    archive: (await archiveStrategies[chosen.archive]()).read(inputs),
    uploadArtifact: inputs.choice('upload-artifact', ['manifest', 'none']),
    chosen,
  };
  inputs.finish();
  return options;
}

function readConnection(inputs: InputReader): Connection {
  const url = inputs.url('bitbucket-url');
  const insecureAllowed = inputs.boolean('allow-insecure-http');
  if (
    url.protocol === 'http:' &&
    !insecureAllowed &&
    !isLoopback(url.hostname) &&
    !url.hostname.endsWith('.invalid')
  ) {
    inputs.problem(
      'bitbucket-url',
      `would send the password readable over http to ${url.hostname}; use https://, or set allow-insecure-http: true.`,
    );
  }
  if (process.env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
    inputs.problem(
      'bitbucket-url',
      'cannot be trusted while NODE_TLS_REJECT_UNAUTHORIZED=0 is set; remove that variable and use ca-file.',
    );
  }
  const credentials = readCredentials(inputs);
  const ca = readAuthorities(inputs);
  return {
    url: url.href.replace(/\/$/, ''),
    credentials,
    ...(ca === undefined ? {} : { ca }),
  };
}

function readCredentials(inputs: InputReader): Credentials {
  const username = inputs.text('bitbucket-username');
  const password = inputs.secret('bitbucket-password');
  const token = inputs.secret('bitbucket-token');
  if (token !== undefined) {
    if (username !== '' || password !== undefined) {
      inputs.problem(
        'bitbucket-token',
        'excludes bitbucket-username and bitbucket-password; set one or the other.',
      );
    }
    return { kind: 'bearer', token };
  }
  const fromSecrets = 'is empty; pass the secret (forks and other environments do not get it)';
  if (username === '' && password === undefined) {
    inputs.problem('bitbucket-username', 'is empty; set it and bitbucket-password, or bitbucket-token.');
  } else if (username === '') {
    inputs.problem('bitbucket-username', 'is empty, and bitbucket-password needs it; set it.');
  } else if (password === undefined) {
    inputs.problem('bitbucket-password', `${fromSecrets}, or use bitbucket-token.`);
  }
  if (username.includes(':')) {
    inputs.problem('bitbucket-username', 'holds a colon, which basic authentication cannot carry.');
  }
  return { kind: 'basic', username, password: password ?? '' };
}

function readAuthorities(inputs: InputReader): string | undefined {
  const path = inputs.optionalPath('ca-file');
  // '/' stands in for a path that was refused already.
  if (path === undefined || path === '/') {
    return undefined;
  }
  try {
    const pem = readFileSync(path, 'utf8');
    if (holdsCertificate(pem)) {
      return pem;
    }
    inputs.problem('ca-file', `names ${path}, which holds no PEM certificate.`);
  } catch (error) {
    inputs.problem('ca-file', `cannot be read: ${asError(error).message}.`);
  }
  return undefined;
}

function readInstanceName(inputs: InputReader): string {
  const name = inputs.requiredText('instance-name');
  if (name !== '' && !INSTANCE_NAME.test(name)) {
    inputs.problem(
      'instance-name',
      `is '${name}'; use up to 64 letters, digits, dots, dashes and underscores, a letter or digit first.`,
    );
  }
  return name;
}

function readLimits(inputs: InputReader): WindowLimits {
  const maxLocked = inputs.integer('max-locked-minutes', { min: 1, max: 1_440 });
  const drain = inputs.integer('drain-timeout-minutes', { min: 1, max: 1_440 });
  return { ...DEFAULT_LIMITS, maxLockedMs: maxLocked * MINUTE_MS, drainTimeoutMs: drain * MINUTE_MS };
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

function keysOf<K extends string>(registry: Readonly<Record<K, unknown>>): [K, ...K[]] {
  const keys: K[] = [];
  for (const key in registry) {
    keys.push(key);
  }
  const [first, ...rest] = keys;
  if (first === undefined) {
    throw new TypeError('A registry of strategies is empty.');
  }
  return [first, ...rest];
}
