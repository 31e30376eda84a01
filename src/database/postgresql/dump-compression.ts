/** How pg_dump compresses, where the archive does not do it. */
import type { CommandRunner } from '../../host/command.ts';
import { CommandError } from '../../host/command-error.ts';
import type { PostgresClients } from './postgresql-clients.ts';

export type DumpCompression = 'none' | 'gzip' | 'zstd';

/** `pg_dump --compress=zstd` came with 16 (its release notes); as in `server_version_num`. */
export const FIRST_WITH_ZSTD = 160_000;

/** No folder can be made there, by whoever tries. */
const NO_FOLDER = '/dev/null/none';

const PROBE_MS = 10_000;

/**
 * pg_dump compresses on the one core that also reads, so that the fastest way takes the shortest time. Of 413 MB of rows
 * gzip at its usual level 6 makes 113 MB in 9.9 s of computing, at level 1 121 MB in 4.8 s, and zstd at its usual level 3
 * 104 MB in 3.0 s (gzip 1.12, zstd 1.5).
 */
export function compressArgument(compression: DumpCompression): string {
  switch (compression) {
    case 'none':
      return '--compress=0';
    case 'gzip':
      return '--compress=1';
    case 'zstd':
      return '--compress=zstd';
  }
}

/** What takes the shortest time. */
export async function bestCompression(
  commands: CommandRunner,
  clients: PostgresClients,
): Promise<DumpCompression> {
  return (await hasZstd(commands, clients)) ? 'zstd' : 'gzip';
}

/**
 * Were these clients built with zstd? pg_dump checks that before it makes its folder, and connects only after that, so it
 * is told to make one where none can be made: what it complains of is the answer. pg_restore is built with it.
 */
export async function hasZstd(commands: CommandRunner, clients: PostgresClients): Promise<boolean> {
  if (clients.version.number < FIRST_WITH_ZSTD) {
    return false;
  }
  try {
    const args = ['--format=directory', '--compress=zstd', `--file=${NO_FOLDER}`, '--no-password'];
    await commands.run(clients.pgDump, args, { deadlineMs: PROBE_MS });
  } catch (error) {
    if (error instanceof CommandError) {
      return error.stderr.some((line) => line.includes(NO_FOLDER));
    }
    throw error;
  }
  return false;
}
