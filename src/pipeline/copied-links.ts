/**
 * Symbolic links in the copy of a home that lead out of it: what lies behind them is not backed up, and a restore refuses
 * them unless it is told to keep them. Better known tonight than on the day of the restore.
 */
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { leadsOut } from '../archive/link-resolution.ts';
import { HOME_MEMBER, STORES_MEMBER } from '../home/trees.ts';
import type { CommandRunner } from '../host/command.ts';
import { counted } from '../report/format.ts';
import type { BackedUp } from '../strategies/contract.ts';
import type { BackupRun } from './backup-run.ts';

const NAMED = 5;

/** Users are working; reads the copy, and only its folders. */
export async function warnOfOutsideLinks(
  run: Pick<BackupRun, 'options' | 'log' | 'commands'>,
  { home, signal }: { readonly home: BackedUp; readonly signal: AbortSignal },
): Promise<void> {
  const { options, log, commands } = run;
  const out: string[] = [];
  for (const { member, target } of copiedTrees(home)) {
    const links = await linksIn(commands, join(options.backupRoot, member), signal);
    out.push(
      ...[...links]
        .filter(([name, to]) => leadsOut(name.split('/').slice(0, -1).join('/'), to, links, target))
        .map(([name, to]) => `${join(target, name)} -> ${to}`),
    );
  }
  if (out.length > 0) {
    const more = out.length > NAMED ? ` and ${out.length - NAMED} more` : '';
    log.warning(
      `The home holds ${counted(out.length, 'symbolic link')} that ${out.length === 1 ? 'leads' : 'lead'} out of it (${out.slice(0, NAMED).join(', ')}${more}): what lies behind is not backed up, and a restore needs outside-links: keep.`,
    );
  }
}

interface CopiedTree {
  readonly member: string;
  /** Where it came from. */
  readonly target: string;
}

function copiedTrees(home: BackedUp): readonly CopiedTree[] {
  const { homePath, dataStores } = home.details;
  if (!home.included || typeof homePath !== 'string') {
    return [];
  }
  const stores = Array.isArray(dataStores) ? dataStores.filter((path) => typeof path === 'string') : [];
  return [
    { member: HOME_MEMBER, target: homePath },
    ...stores.map((path) => ({ member: join(STORES_MEMBER, path), target: path })),
  ];
}

/** Path relative to the folder, to what the link says. */
async function linksIn(
  commands: CommandRunner,
  folder: string,
  signal: AbortSignal,
): Promise<Map<string, string>> {
  let text = '';
  await commands.run('find', [folder, '-type', 'l', '-printf', String.raw`%P\0%l\0`], {
    signal,
    onStdout: async (stdout) => {
      text = await latin1(stdout);
    },
  });
  const words = text.split('\0');
  const links = new Map<string, string>();
  for (let index = 0; index + 1 < words.length; index += 2) {
    links.set(words[index] ?? '', words[index + 1] ?? '');
  }
  return links;
}

async function latin1(stream: Readable): Promise<string> {
  const chunks: AsyncIterable<Buffer> = stream;
  const all: Buffer[] = [];
  for await (const chunk of chunks) {
    all.push(chunk);
  }
  return Buffer.concat(all).toString('latin1');
}
