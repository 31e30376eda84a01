/** One tar archive, checked and unpacked by the tar of this machine. */
import { basename, dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { ActionError } from '../errors.ts';
import { counted } from '../report/format.ts';
import { describeArchive } from './available-archives.ts';
import { hashFile, readChecksum } from './checksum-file.ts';
import { type ArchivedTree, type Contents, namedFew, readable } from './member-check.ts';
import { LIST_ARGUMENTS } from './member-line.ts';
import { MemberList } from './member-list.ts';
import { type OpenedArchive, openArchive } from './opened-archive.ts';
import type { RestoreSource, UnpackOptions, VerifiedContents } from './restore-source.ts';
import { readTar, type TarReading } from './tar-reading.ts';
import { type TarPrograms, unpackTar } from './tar-unpack.ts';

/** Ours begin with the manifest. An older one may end with it, and to read on for an hour is no peek. */
const PEEK_MS = 2_000;

const MANIFEST = 'manifest.json';

/** Bytes. Real ones have some thousands. */
const LARGEST_MANIFEST = 16 * 1024 * 1024;

/** @throws ActionError ARCHIVE_NOT_FOUND, ARCHIVE_CORRUPT, ARCHIVE_RENAMED */
export async function openTarSource(path: string, context: TarPrograms): Promise<RestoreSource> {
  const expected = await readChecksum(path);
  const archive = await openArchive(path);
  const reader = new TarReader(archive, context);
  return {
    path,
    bytes: archive.bytes,
    backup: describeArchive(
      dirname(path),
      basename(path),
      { size: archive.bytes, mtimeMs: archive.modifiedMs },
      expected !== undefined,
    ),
    peekManifest: async (signal) =>
      await reader.manifest(MANIFEST, signal, PEEK_MS).catch(ignoreUnlessAborted(signal)),
    verify: async (trees, signal) => {
      const stop = new AbortController();
      const both = AbortSignal.any([signal, stop.signal]);
      const halting = (error: unknown): never => {
        stop.abort(error);
        throw error;
      };
      const listing = reader.list(trees, both).catch(halting);
      try {
        const hashing = matching(archive, expected, both).catch(halting);
        const [sha256, contents] = await Promise.all([hashing, listing]);
        assertSafe(archive, contents);
        return { ...contents, sha256 };
      } finally {
        // Whichever failed first: no child is left behind. (Hashing may hang on a dead disk, and is not waited for.)
        await listing.catch(() => undefined);
      }
    },
    readManifest: async ({ counts, prefix }, signal) =>
      counts.has(MANIFEST) ? await reader.manifest(prefix + MANIFEST, signal) : undefined,
    unpack: async (members, folder, options) => await reader.unpack(members, folder, options),
    close: async () => await archive.close(),
  };
}

class TarReader {
  readonly #archive: OpenedArchive;
  readonly #context: TarPrograms;

  constructor(archive: OpenedArchive, context: TarPrograms) {
    this.#archive = archive;
    this.#context = context;
  }

  async list(trees: readonly ArchivedTree[], signal: AbortSignal): Promise<Contents> {
    const list = new MemberList(trees);
    await this.#read([...LIST_ARGUMENTS, '--file=-'], { signal, onLine: (line) => list.line(line) });
    if (list.damage !== undefined) {
      throw corrupt(this.#archive, list.damage);
    }
    return list.finish();
  }

  /** Stops reading at the first one that it finds. */
  async manifest(member: string, signal: AbortSignal, deadlineMs?: number): Promise<string> {
    let text = '';
    await this.#read(['--extract', '--to-stdout', '--occurrence=1', '--file=-', '--', member], {
      signal,
      onStdout: async (stdout) => {
        text = await manifestText(stdout, this.#archive);
      },
      ...(deadlineMs === undefined ? {} : { deadlineMs }),
    });
    return text;
  }

  async unpack(
    members: readonly string[],
    folder: string,
    { contents, signal }: UnpackOptions,
  ): Promise<void> {
    await unpackTar(this.#context, this.#archive, { members, folder, contents }, signal);
    await this.#clearSetId(contents.setIdFiles, folder, signal);
  }

  /** No file of a Bitbucket home runs with the rights of its owner; one that would is a door. */
  async #clearSetId(names: readonly string[], folder: string, signal: AbortSignal): Promise<void> {
    if (names.length === 0) {
      return;
    }
    const { commands, log } = this.#context;
    log.warning(
      `Taking the set-user-id and set-group-id bits off ${counted(names.length, 'file')} (${namedFew(names.map(readable))}).`,
    );
    const clear = ['-exec', 'chmod', 'u-s,g-s', '--', '{}', '+'];
    await commands.run('find', [folder, '-type', 'f', '-perm', '/6000', ...clear], { signal });
  }

  async #read(args: readonly string[], options: TarReading['options']): Promise<void> {
    const { commands, tar, log } = this.#context;
    await readTar(commands, this.#archive, { tar, args, options }, log);
  }
}

/** @throws ActionError MANIFEST_INVALID for what would fill memory */
async function manifestText(stdout: Readable, { path }: OpenedArchive): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const incoming: AsyncIterable<Buffer> = stdout;
  for await (const chunk of incoming) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > LARGEST_MANIFEST) {
      throw new ActionError('MANIFEST_INVALID', `The manifest in ${path} is too large to be one.`, {
        advice: 'Find out where the archive comes from; nothing was changed.',
      });
    }
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function matching(
  archive: OpenedArchive,
  expected: string | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (expected === undefined) {
    return undefined;
  }
  const found = await hashFile(archive.handle, signal);
  if (found !== expected) {
    throw corrupt(archive, `has the SHA-256 ${found}, and its checksum file says ${expected}`);
  }
  return found;
}

function assertSafe({ path }: OpenedArchive, { dangers }: VerifiedContents | Contents): void {
  if (dangers.length > 0) {
    throw new ActionError('ARCHIVE_UNSAFE', `The archive ${path} holds ${dangers.join(', and ')}.`, {
      advice: 'No backup holds such members: find out where it comes from. Nothing was unpacked.',
    });
  }
}

function corrupt({ path }: OpenedArchive, what: string): ActionError {
  return new ActionError('ARCHIVE_CORRUPT', `The archive ${path} ${what}.`, {
    advice: 'Choose another archive, or fetch this one again from where it was copied; nothing was changed.',
  });
}

function ignoreUnlessAborted(signal: AbortSignal): () => undefined {
  return () => {
    signal.throwIfAborted();
    return undefined;
  };
}
