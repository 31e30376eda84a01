/**
 * One tar archive in `archive-root`, compressed and checksummed while it is written. Restores by hand with
 * `tar --extract --acls --xattrs --numeric-owner`.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ActionError, isErrno } from '../errors.ts';
import { versionLine } from '../host/tools.ts';
import type { Finding, SpaceNeed } from '../strategies/contract.ts';
import { folderFindings } from './archive-folder.ts';
import { progressLogger } from './archive-log.ts';
import { findCompressor } from './compression.ts';
import { archiveName, type Compression } from './names.ts';
import { completeArchives, removeOldest } from './retention.ts';
import { estimateArchive } from './size-estimate.ts';
import type {
  Archive,
  ArchiveContext,
  ArchiveDefinition,
  ArchiveSource,
  ArchiveStrategy,
} from './strategy.ts';
import { findTar, tarFindings } from './tar-program.ts';
import { writeTarStream } from './tar-stream.ts';
import { writeWhole } from './whole-archive.ts';

interface TarOptions {
  readonly archiveRoot: string;
  readonly compression: Compression;
}

export const tar: ArchiveDefinition = {
  read: (inputs) => {
    const options: TarOptions = {
      archiveRoot: inputs.requiredPath('archive-root'),
      compression: inputs.choice('archive-compression', ['zstd', 'gzip', 'none']),
    };
    return { create: (context) => new TarArchive(options, context) };
  },
};

class TarArchive implements ArchiveStrategy {
  readonly name = 'tar';
  readonly #options: TarOptions;
  readonly #context: ArchiveContext;
  readonly #tools: Record<string, string> = {};
  #justMade: string | undefined;

  constructor(options: TarOptions, context: ArchiveContext) {
    this.#options = options;
    this.#context = context;
  }

  async preflight(): Promise<readonly Finding[]> {
    const { commands, log } = this.#context;
    const { compression } = this.#options;
    const program = await findTar();
    if (program !== undefined) {
      this.#tools['tar'] = program.version;
    }
    const compressor = findCompressor(compression);
    if (compressor.kind === 'program') {
      this.#tools[compressor.name] = (await versionLine(compressor.path)) ?? 'unknown';
    }
    if (compressor.kind === 'node') {
      this.#tools[compression] = `Node.js ${process.version}`;
      log.info(`No program for ${compression} is on PATH: Node's own compresses, on one core only.`);
    }
    return [...(await tarFindings(program, commands)), ...(await this.#folderFindings())];
  }

  async spaceNeeds(sourceBytes: number, sourceFiles = 0): Promise<readonly SpaceNeed[]> {
    const { archiveRoot, compression } = this.#options;
    const [newest] = await completeArchives(archiveRoot, this.#context.instanceName);
    const bytes = estimateArchive({ sourceBytes, sourceFiles, compression, newestBytes: newest?.bytes });
    return [{ path: archiveRoot, bytes, files: 2, what: 'archive' }];
  }

  async create(source: ArchiveSource, signal: AbortSignal): Promise<Archive> {
    signal.throwIfAborted();
    const { archiveRoot, compression } = this.#options;
    const { backupId, commands, log, onPartial } = this.#context;
    const program = await findTar();
    if (program === undefined) {
      throw new ActionError('TOOL_MISSING', 'The program tar is not installed or not on PATH.', {
        advice: 'Install GNU tar on the runner.',
      });
    }
    await this.#openFolder();
    const name = archiveName(backupId, compression);
    const path = join(archiveRoot, name);
    log.info(`Archiving '${source.root}' into '${path}'`);
    const archive = await writeWhole({ path, onPartial, log }, async (handle) => {
      return await writeTarStream(commands, {
        tar: program.path,
        compressor: findCompressor(compression),
        source,
        handle,
        signal,
        onProgress: progressLogger(log, source.bytes),
      });
    });
    this.#justMade = name;
    return archive;
  }

  async prune(keep: number): Promise<readonly string[]> {
    const { log, instanceName } = this.#context;
    const { archiveRoot } = this.#options;
    return await removeOldest({ archiveRoot, instanceName, keep, justMade: this.#justMade, log });
  }

  async backupIds(): Promise<readonly string[]> {
    const { archiveRoot } = this.#options;
    const archives = await completeArchives(archiveRoot, this.#context.instanceName);
    return archives.map(({ backupId }) => backupId);
  }

  tools(): Readonly<Record<string, string>> {
    return { ...this.#tools };
  }

  async #folderFindings(): Promise<readonly Finding[]> {
    const { backupRoot, sources } = this.#context;
    return await folderFindings({ archiveRoot: this.#options.archiveRoot, backupRoot, sources });
  }

  /** Looks again: since preflight hours may have passed, and the volume may be gone. */
  async #openFolder(): Promise<void> {
    const problem = (await this.#folderFindings()).find(({ severity }) => severity === 'error');
    if (problem !== undefined) {
      throw new ActionError('ARCHIVE_FAILED', problem.message, { advice: 'Correct it and run again.' });
    }
    try {
      await mkdir(this.#options.archiveRoot, { mode: 0o700 });
    } catch (error) {
      if (!isErrno(error, 'EEXIST')) {
        throw error;
      }
    }
  }
}
