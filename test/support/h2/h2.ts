/**
 * Bitbucket's internal database for real: H2 in the file of a home, opened by a process that keeps it open as Bitbucket does.
 * The jars come from `npm run setup`; 1.4.200 writes the format of Bitbucket 5 to 8, 2.2.224 that of later ones.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { runProgram } from '../program.ts';

export const H2_VERSIONS = ['1.4.200', '2.2.224'] as const;
export type H2Version = (typeof H2_VERSIONS)[number];

export interface OpenDatabase {
  /** Resolves when it is committed. */
  run(sql: string): Promise<void>;
  /** Closes it well. */
  close(): Promise<void>;
}

const DONE = 'statement-is-done';

/** Starts a process that has `shared/data/db` of a home open until it is closed. */
export async function openDatabase(version: H2Version, home: string): Promise<OpenDatabase> {
  const shell = spawn('java', [...javaArguments(version), 'org.h2.tools.Shell', ...connection(home)], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const errors: string[] = [];
  shell.stderr.on('data', (text: Buffer) => errors.push(text.toString('utf8')));
  const lines = createInterface(shell.stdout);
  const ended = once(shell, 'exit');
  let saying: string[] = [];
  let done = Promise.withResolvers<void>();
  lines.on('line', (line) => {
    saying.push(line);
    if (line.includes(`${DONE}-value`)) {
      done.resolve();
    }
  });
  void ended.then(() => done.reject(new Error(`H2 has ended: ${saying.join('\n')} ${errors.join('')}`)));
  const run = async (sql: string): Promise<void> => {
    done = Promise.withResolvers<void>();
    saying = [];
    shell.stdin.write(`${sql};\nSELECT '${DONE}' || '-value';\n`);
    await done.promise;
    const complaint = saying.find((line) => line.startsWith('Error:'));
    if (complaint !== undefined) {
      throw new Error(complaint);
    }
  };
  await run('SELECT 1');
  return {
    run,
    close: async () => {
      shell.stdin.end('exit\n');
      await ended;
    },
  };
}

/** Opens the database of a home that nobody has open, and answers a query. */
export async function queryDatabase(version: H2Version, home: string, sql: string): Promise<string> {
  const { stdout } = await runProgram('java', [
    ...javaArguments(version),
    'org.h2.tools.Shell',
    ...connection(home),
    '-sql',
    sql,
  ]);
  return stdout.toString('utf8');
}

function connection(home: string): string[] {
  return ['-url', `jdbc:h2:${join(home, 'shared/data/db')}`, '-user', 'sa', '-password', 'sa'];
}

function javaArguments(version: H2Version): string[] {
  const cache =
    process.env['BITBUCKET_BACKUP_CACHE'] ??
    join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'bitbucket-backup-action');
  const jar = join(cache, 'h2', `h2-${version}.jar`);
  if (!existsSync(jar)) {
    throw new Error(`${jar} is missing; run: npm run setup`);
  }
  return ['-Xmx256m', '-XX:TieredStopAtLevel=1', '-cp', jar];
}
