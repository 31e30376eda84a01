/**
 * An archive and strategies that do next to nothing and fail where a test says, for what the restore's own sequence does.
 * A home is a folder, a database is a file.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ArchivedFolders } from '../../src/archive/archived-folders.ts';
import type { Contents, TreeCount } from '../../src/archive/member-check.ts';
import type { RestoreArchiveFactory } from '../../src/archive/restore-source.ts';
import { manifestJson } from '../../src/report/manifest.ts';
import type { Manifest } from '../../src/report/manifest-type.ts';
import type { BackedUp, Finding } from '../../src/strategies/contract.ts';
import type { DatabaseLocation, RestoreFactory } from '../../src/strategies/restore.ts';

export interface RestorePlan {
  /** Called at every step with its name, such as `home restore`; throws to fail it. */
  at(step: string, signal?: AbortSignal): void | Promise<void>;
  readonly findings?: Readonly<Record<string, readonly Finding[]>>;
}

export const BACKUP_ID = 'bitbucket-20261122-021305-250';

const PART: BackedUp = { strategy: 'fake', included: true, members: [], files: 1, bytes: 4, details: {} };

export function fakeManifest(changes: Partial<Manifest> = {}): Manifest {
  const at = '2026-11-22T02:13:05.250Z';
  return {
    formatVersion: 1,
    product: { name: 'bitbucket-backup-action', version: '0.1.0' },
    backupId: BACKUP_ID,
    instanceName: 'bitbucket',
    bitbucket: { url: 'https://bitbucket.example.com', version: '9.4.1' },
    times: { startedAt: at, lockedAt: at, drainedAt: at, unlockedAt: at, finishedAt: at, lockedSeconds: 1 },
    consistency: 'locked-and-drained',
    parts: [
      { ...PART, slot: 'home', members: ['bitbucket-home'] },
      { ...PART, slot: 'database', members: ['bitbucket-db'] },
      { slot: 'search', strategy: 'none', included: false, members: [], details: {} },
    ],
    notBackedUp: [],
    exclusions: { patterns: [], repositories: [] },
    tools: {},
    runner: { hostname: 'backup01', platform: 'linux x64' },
    ...changes,
  };
}

export interface FakeArchive {
  /** Undefined for an archive of Atlassian's scripts. */
  readonly manifest: Manifest | undefined;
  /** Is the manifest found without reading all of it? */
  readonly peeks: boolean;
  readonly sha256: string | undefined;
  readonly name: string;
  readonly contents: Partial<Contents>;
}

export function fakeArchiveOf(changes: Partial<FakeArchive> = {}): FakeArchive {
  return {
    manifest: fakeManifest(),
    peeks: true,
    sha256: '0'.repeat(64),
    name: `${BACKUP_ID}.tar.zst`,
    contents: {},
    ...changes,
  };
}

/** An archive in which the dump comes ahead of the home, as in those that we make. */
export function dumpAhead(): Partial<Contents> {
  const folders = new ArchivedFolders();
  for (const name of ['bitbucket-db', 'bitbucket-home']) {
    folders.add({ name, type: 'folder', bytes: 0, permissions: 'rwx------', attributes: false }, name, '');
  }
  folders.finish();
  return {
    folders,
    counts: new Map([
      ['bitbucket-db', countOf()],
      ['bitbucket-home', countOf()],
    ]),
  };
}

export function countOf(changes: Partial<TreeCount> = {}): TreeCount {
  return { files: 1, folders: 1, links: 0, bytes: 4, ...changes };
}

export function fakeRestoreArchive(plan: RestorePlan, archive: FakeArchive): RestoreArchiveFactory {
  const text = archive.manifest === undefined ? undefined : manifestJson(archive.manifest);
  const contents: Contents = {
    prefix: '',
    counts: new Map([
      ['bitbucket-home', countOf()],
      ['bitbucket-db', countOf()],
    ]),
    folders: new ArchivedFolders(),
    attributes: false,
    setIdFiles: [],
    linksOut: [],
    dangers: [],
    ...archive.contents,
  };
  const path = `/archives/${archive.name}`;
  return {
    create: () => ({
      name: 'fake',
      preflight: async () => {
        await plan.at('archive preflight');
        return plan.findings?.['archive'] ?? [];
      },
      available: () => Promise.resolve([]),
      open: async () => {
        await plan.at('open');
        return {
          path,
          bytes: 8,
          backup: {
            name: archive.name,
            path,
            timeMs: 0,
            bytes: 8,
            instanceName: 'bitbucket',
            checksum: archive.sha256 !== undefined,
          },
          peekManifest: async (signal) => {
            await plan.at('peek', signal);
            return archive.peeks ? text : undefined;
          },
          verify: async (_trees, signal) => {
            await plan.at('verify', signal);
            return { ...contents, sha256: archive.sha256 };
          },
          readManifest: async (_contents, signal) => {
            await plan.at('read manifest', signal);
            return text;
          },
          unpack: async (members, folder, { signal }) => {
            for (const member of members) {
              await mkdir(join(folder, member));
              await writeFile(join(folder, member, 'data'), 'data');
            }
            const [only, ...others] = members;
            await plan.at(others.length > 0 ? 'unpack' : `unpack ${only}`, signal);
          },
          close: async () => {
            await plan.at('close');
          },
        };
      },
    }),
  };
}

/** The home is put where `path` is, and taken away again. */
export function fakeHomeRestore(plan: RestorePlan, path: string): RestoreFactory {
  return {
    create: ({ record, partial }) => {
      let unpackedTo = '';
      let placed = false;
      return {
        name: 'fake',
        members: ['bitbucket-home'],
        target: { path, anchor: async () => await Promise.resolve(existsSync(path) ? path : dirname(path)) },
        preflight: async () => {
          await plan.at('home preflight');
          return plan.findings?.['home'] ?? [];
        },
        spaceNeeds: () => Promise.resolve([]),
        restore: async (_part, unpacked, signal) => {
          unpackedTo = unpacked;
          partial(`${dirname(path)}/.bitbucket-restore.partial-of-the-home`);
          await plan.at('home restore', signal);
        },
        complete: async () => {
          placed = true;
          record({ placed: [{ path, existed: false, entries: ['data'] }] });
          await rename(join(unpackedTo, 'bitbucket-home'), path);
          await plan.at('home complete');
          return { place: `at ${path}`, counts: [], todo: ['Look at the home.'] };
        },
        discard: async () => {
          await plan.at('home discard');
          if (placed) {
            await rm(path, { recursive: true, force: true });
          }
        },
        recover: async ({ placed: folders }) => {
          await plan.at('home recover');
          for (const folder of folders) {
            await rm(folder.path, { recursive: true, force: true });
          }
          return folders.map((folder) => `Removed ${folder.path}.`);
        },
      };
    },
  };
}

/** The database is a file; half-filled it says by which run. */
export function fakeDatabaseRestore(
  plan: RestorePlan,
  file: string,
  location?: DatabaseLocation,
): RestoreFactory {
  return {
    create: ({ record, runId }) => {
      return {
        name: 'fake',
        members: ['bitbucket-db'],
        ...(location === undefined ? {} : { location: () => location }),
        preflight: async () => {
          await plan.at('database preflight');
          return plan.findings?.['database'] ?? [];
        },
        spaceNeeds: () => Promise.resolve([]),
        restore: async (_part, unpacked, signal) => {
          record({ database: { server: 'fake', name: file, created: true } });
          await writeFile(file, `${runId} ${await readFile(join(unpacked, 'bitbucket-db/data'), 'utf8')}`);
          await plan.at('database restore', signal);
        },
        complete: async () => {
          await plan.at('database complete');
          await writeFile(file, 'complete');
          return { place: `in ${file}`, counts: [{ what: 'tables', recorded: 1, restored: 1 }], todo: [] };
        },
        discard: async () => {
          await plan.at('database discard');
          await rm(file, { force: true });
        },
        recover: async ({ database }, deadRun) => {
          await plan.at('database recover');
          if (database !== undefined && (await readFile(file, 'utf8').catch(() => '')).startsWith(deadRun)) {
            await rm(file, { force: true });
          }
          return [];
        },
      };
    },
  };
}
