/** The file, then the decompressor, then tar: two programs and a pipe between them, nothing of it through us. */
import { closeSync, createReadStream, openSync } from 'node:fs';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { ActionError, asError } from '../errors.ts';
import type { CommandOptions, CommandRunner } from '../host/command.ts';
import { CommandError } from '../host/command-error.ts';
import type { Log } from '../host/log.ts';
import type { OpenedArchive } from './opened-archive.ts';
import { logReading } from './reading-progress.ts';

export interface TarReading {
  readonly tar: string;
  readonly args: readonly string[];
  /** For a line of progress, such as `Checking`; none without it. */
  readonly what?: string;
  /** What tar prints and how long it may take; `stdin` is the archive. */
  readonly options: Omit<CommandOptions, 'stdin' | 'input'>;
}

/**
 * @throws ActionError ARCHIVE_CORRUPT when the decompressor or tar cannot read it; ARCHIVE_FAILED when tar cannot write
 *   what it unpacks; DISK_FULL, CHILD_KILLED; the signal's reason when it was aborted
 */
export async function readTar(
  commands: CommandRunner,
  archive: OpenedArchive,
  reading: TarReading,
  log: Log,
): Promise<void> {
  // An own position in the file, by way of the open one: the name may stand for another file by now.
  const descriptor = openSync(`/proc/self/fd/${archive.handle.fd}`, 'r');
  const { what, options } = reading;
  const { bytes, decompressor } = archive;
  // Node's own reads by a descriptor of its own, whose position nobody knows.
  const isSilent = what === undefined || decompressor.kind === 'node';
  const stop = isSilent ? () => undefined : logReading(log, { descriptor, bytes, what });
  try {
    await readFrom(commands, archive, reading, descriptor);
  } catch (error) {
    options.signal?.throwIfAborted();
    throw error instanceof CommandError ? unreadable(archive, error) : error;
  } finally {
    stop();
    closeSync(descriptor);
  }
}

async function readFrom(
  commands: CommandRunner,
  archive: OpenedArchive,
  { tar, args, options }: TarReading,
  descriptor: number,
): Promise<void> {
  const { decompressor } = archive;
  const runTar = async (stdin: number | Readable): Promise<void> => {
    await commands.run(tar, args, { ...options, stdin });
  };
  switch (decompressor.kind) {
    case 'none':
      await runTar(descriptor);
      return;
    case 'node':
      await throughStream(archive, descriptor, decompressor.create(), runTar);
      return;
    case 'program': {
      const { signal, deadlineMs } = options;
      let behind: Error | undefined;
      const inFront = await failureOf(async () => {
        await commands.run(decompressor.path, decompressor.args, {
          ...(signal === undefined ? {} : { signal }),
          // tar's own would not end what it waits for.
          ...(deadlineMs === undefined ? {} : { deadlineMs }),
          stdin: descriptor,
          // Kept, not thrown: a decompressor that has found the damage says more than the tar behind it.
          onStdout: async (stdout) => {
            behind = await failureOf(async () => await runTar(stdout));
          },
        });
      });
      throwFirst(isBrokenPipe(inFront) ? undefined : inFront, behind);
    }
  }
}

async function throughStream(
  { path }: OpenedArchive,
  descriptor: number,
  decompress: Transform,
  runTar: (stdin: Readable) => Promise<void>,
): Promise<void> {
  let damage: ActionError | undefined;
  decompress.on('error', (cause) => {
    damage = new ActionError('ARCHIVE_CORRUPT', `The archive ${path} cannot be decompressed.`, {
      advice: 'Choose another archive, or fetch this one again from where it was copied.',
      cause,
    });
  });
  // A descriptor of its own, which it closes; when tar has ended first, it is destroyed with what it fed.
  pipeline(createReadStream(`/proc/self/fd/${descriptor}`), decompress, () => undefined);
  const behind = await failureOf(async () => await runTar(decompress));
  throwFirst(damage, behind);
}

async function failureOf(work: () => Promise<void>): Promise<Error | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return asError(error);
  }
}

/** When both fail, what went wrong in front is the reason for what went wrong behind. */
function throwFirst(inFront: Error | undefined, behind: Error | undefined): void {
  const reason = inFront ?? behind;
  if (reason !== undefined) {
    throw reason;
  }
}

/**
 * tar has ended first, with what it was asked for or with a failure of its own: no fault of the decompressor. Between our
 * children there are socket pairs, whose writers feel a reset where those of a pipe feel SIGPIPE.
 */
function isBrokenPipe(error: unknown): boolean {
  return (
    error instanceof CommandError &&
    (error.message.includes('SIGPIPE') ||
      error.stderr.some((line) => /broken pipe|connection reset/i.test(line)))
  );
}

/** A file that takes the last space is cut without the system's reason; quotas have one of their own. */
const FULL = /: Wrote only \d+ of \d+ bytes|: Disk quota exceeded/;
/** What tar says of the files that it writes; of the archive it says that it cannot read it, or what is wrong in it. */
const UNPACKING = /: Cannot (?!read|seek)/;

function unreadable({ path }: OpenedArchive, error: CommandError): ActionError {
  if (error.code !== 'COMMAND_FAILED' && error.code !== 'DISK_FULL') {
    return error;
  }
  if (error.code === 'DISK_FULL' || error.stderr.some((line) => FULL.test(line))) {
    return new ActionError('DISK_FULL', `The disk was full before all of ${path} was unpacked.`, {
      advice: 'Free space, or choose another restore-root, and run again.',
      cause: error,
    });
  }
  const complaint = error.stderr.find((line) => UNPACKING.test(line));
  if (complaint !== undefined) {
    return new ActionError('ARCHIVE_FAILED', `The archive ${path} cannot be unpacked: ${complaint}.`, {
      advice: 'Look at the file system and the rights of the folder that it is unpacked into, and run again.',
      cause: error,
    });
  }
  return new ActionError('ARCHIVE_CORRUPT', `The archive ${path} cannot be read to its end.`, {
    advice: 'Choose another archive, or fetch this one again from where it was copied.',
    cause: error,
  });
}
