/** The file, then the decompressor, then tar: two programs and a pipe between them, nothing of it through us. */
import { closeSync, openSync } from 'node:fs';
import type { Readable, Transform } from 'node:stream';
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
 * @throws ActionError ARCHIVE_CORRUPT when the decompressor or tar cannot read it; DISK_FULL, CHILD_KILLED; the signal's
 *   reason when it was aborted
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
  const { bytes } = archive;
  const stop = what === undefined ? () => undefined : logReading(log, { descriptor, bytes, what });
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
      await throughStream(archive, decompressor.create(), runTar);
      return;
    case 'program': {
      const signal = options.signal === undefined ? {} : { signal: options.signal };
      let behind: Error | undefined;
      const inFront = await failureOf(async () => {
        await commands.run(decompressor.path, decompressor.args, {
          ...signal,
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
  { path, handle }: OpenedArchive,
  decompress: Transform,
  runTar: (stdin: Readable) => Promise<void>,
): Promise<void> {
  let damage: ActionError | undefined;
  const input = handle.createReadStream({ start: 0, autoClose: false });
  const output = input.pipe(decompress);
  input.on('error', (error) => output.destroy(error));
  output.on('error', (cause) => {
    damage = new ActionError('ARCHIVE_CORRUPT', `The archive ${path} cannot be decompressed.`, {
      advice: 'Choose another archive, or fetch this one again from where it was copied.',
      cause,
    });
  });
  const behind = await failureOf(async () => await runTar(output));
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

function unreadable({ path }: OpenedArchive, error: CommandError): ActionError {
  if (error.code !== 'COMMAND_FAILED') {
    return error;
  }
  return new ActionError('ARCHIVE_CORRUPT', `The archive ${path} cannot be read to its end.`, {
    advice: 'Choose another archive, or fetch this one again from where it was copied.',
    cause: error,
  });
}
