/** tar, then the compressor, then the file: one stream, read once. */
import { pipeline } from 'node:stream/promises';
import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { ActionError } from '../errors.ts';
import { type CommandRunner } from '../host/command.ts';
import { CommandError } from '../host/command-error.ts';
import { throughProgram } from '../host/filter-program.ts';
import type { Compressor } from './compression.ts';
import { type HashedFile, writeHashed } from './hashed-file.ts';
import type { ArchiveSource } from './strategy.ts';
import { checkpointArgument, TarOutput } from './tar-output.ts';
import { TAR_FORMAT } from './tar-program.ts';

export interface TarStream {
  readonly tar: string;
  readonly compressor: Compressor;
  readonly source: ArchiveSource;
  readonly handle: FileHandle;
  readonly signal: AbortSignal;
  /** Bytes before and after compression so far. */
  readonly onProgress: (bytesIn: number, bytesOut: number) => void;
}

/** @throws ActionError ARCHIVE_FAILED, CHILD_KILLED; the system's error when the file cannot be written */
export async function writeTarStream(commands: CommandRunner, stream: TarStream): Promise<HashedFile> {
  const { source, signal, handle, compressor } = stream;
  const output = new TarOutput();
  let written: HashedFile | undefined;
  const write = async (bytes: Readable): Promise<void> => {
    written = await writeHashed(bytes, handle, signal, (bytesOut) => {
      stream.onProgress(compressor.kind === 'none' ? bytesOut : output.bytesRead, bytesOut);
    });
  };
  try {
    await commands.run(
      stream.tar,
      [
        '--create',
        '--file=-',
        ...TAR_FORMAT,
        checkpointArgument,
        `--directory=${source.root}`,
        '--',
        ...source.members,
      ],
      {
        signal,
        onErrorLine: (line) => {
          output.line(line);
        },
        onStdout: async (stdout) => {
          await compress(compressor, stdout, write, signal);
        },
      },
    );
  } catch (error) {
    throw error instanceof CommandError ? tarFailed(error, source, output) : error;
  }
  if (written === undefined) {
    throw new TypeError('The archive was not written although tar ended well.');
  }
  return written;
}

async function compress(
  compressor: Compressor,
  input: Readable,
  write: (output: Readable) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  switch (compressor.kind) {
    case 'none':
      await write(input);
      return;
    case 'node': {
      const stream = compressor.create();
      await Promise.all([pipeline(input, stream), write(stream)]);
      return;
    }
    case 'program':
      await throughProgram(compressor, input, write, signal);
  }
}

/**
 * tar ends with 1 when a file changed while it was read, with 2 for everything else; neither leaves a whole
 * backup. The error of the command is not kept as the cause: it says the same, with progress lines in between.
 */
function tarFailed(error: CommandError, source: ArchiveSource, output: TarOutput): ActionError {
  const code = error.code === 'COMMAND_FAILED' ? 'ARCHIVE_FAILED' : error.code;
  const how =
    error.exitCode === null ? 'was killed (out of memory?)' : `failed with exit code ${error.exitCode}`;
  const complaints = output.complaints();
  return new ActionError(code, `tar ${how} on ${source.root}${complaints === '' ? '' : `: ${complaints}`}.`, {
    advice:
      error.exitCode === 1
        ? `Find out what writes into ${source.root} while it is archived, stop it and run again.`
        : 'Correct what tar names and run again.',
  });
}
