/**
 * The scan as a process of its own, answering questions on standard input until that ends. On its own, because a dead
 * network mount holds whoever looks at it, and must not hold the process that has to unlock Bitbucket.
 */
import { realpathSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { asError } from '../../errors.ts';
import { toBytes } from './byte-path.ts';
import { changeLists } from './change-lists.ts';
import {
  type CountAnswer,
  type FirstLookAnswer,
  parseRequest,
  type ScanAnswer,
  type ScanRequest,
  type SecondLookAnswer,
} from './scan-protocol.ts';
import { TreeScan, unexpected } from './tree-scan.ts';
import { Threads } from './threads.ts';

/** @param program this program's own file, which is run again for each thread */
export async function runScanProgram(program: string): Promise<void> {
  const scan = new Scan(new Threads(program));
  // Whatever is under way: nobody is there to take the answer.
  process.stdin.once('end', leave);
  for await (const line of createInterface({ input: process.stdin })) {
    say(await answerOf(scan, parseRequest(line)));
  }
}

/** Threads that block in the system would keep us. */
function leave(): void {
  // oxlint-disable-next-line unicorn/no-process-exit -- nothing else ends them
  process.exit(0);
}

async function answerOf(scan: Scan, request: ScanRequest): Promise<ScanAnswer> {
  try {
    switch (request.ask) {
      case 'first look':
        return { firstLook: await scan.firstLook(request) };
      case 'second look':
        return { secondLook: await scan.secondLook(request) };
      case 'count':
        return { count: await scan.count(request.folder) };
    }
  } catch (error) {
    return { failed: asError(error).message };
  }
}

class Scan {
  readonly #threads: Threads;
  readonly #trees = new Map<number, TreeScan>();

  constructor(threads: Threads) {
    this.#threads = threads;
  }

  async firstLook(request: Extract<ScanRequest, { ask: 'first look' }>): Promise<FirstLookAnswer> {
    const tree = new TreeScan(this.#threads, request);
    const { folders, files, problem } = await tree.firstLook();
    if (problem === undefined) {
      this.#trees.set(request.tree, tree);
    }
    return { folders, files, threads: this.#threads.count, ...(problem === undefined ? {} : { problem }) };
  }

  async secondLook(request: Extract<ScanRequest, { ask: 'second look' }>): Promise<SecondLookAnswer> {
    const tree = this.#trees.get(request.tree);
    if (tree === undefined) {
      throw new TypeError(`Tree ${request.tree} has not been looked at.`);
    }
    const { paths, deleted, bonds, problem } = await tree.secondLook(request, sayProgress);
    // A memory is good for one comparison: with what was copied after it.
    this.#trees.delete(request.tree);
    const shares =
      problem === undefined ? changeLists({ paths, ...bonds }, this.#threads.isFar ? MOST_LISTS : 1) : [];
    const lists = shares.map((share, index) => writeList(`${request.listFile}.${index + 1}`, share));
    return {
      paths: paths.length,
      lists,
      deleted,
      threads: this.#threads.count,
      ...(problem === undefined ? {} : { problem }),
    };
  }

  async count(folder: string): Promise<CountAnswer> {
    const tree = { root: toBytes(realpathSync(folder)), exclusions: [] };
    let waiting = [''];
    let files = 0;
    let bytes = 0;
    await this.#threads.work(
      () => {
        const folders = waiting.splice(-FOLDERS_IN_A_JOB);
        return folders.length === 0 ? undefined : { what: 'count', tree, folders };
      },
      (outcome) => {
        if (outcome.what !== 'count') {
          throw unexpected(outcome);
        }
        files += outcome.result.files;
        bytes += outcome.result.bytes;
        waiting = waiting.concat(outcome.result.left);
      },
    );
    return { files, bytes };
  }
}

const FOLDERS_IN_A_JOB = 64;

/** Each is three programs. Four waiting side by side keep two processors busy at 0.2 ms a call. */
const MOST_LISTS = 4;

/** @returns the file. With `./` before them: rsync would take a name that begins with `#` or `;` for a comment. */
function writeList(file: string, paths: readonly string[]): string {
  const list = paths.map((path) => `./${path}\0`).join('');
  writeFileSync(file, Buffer.from(list, 'latin1'), { mode: 0o600, flag: 'wx' });
  return file;
}

let saidAt = 0;

/** At most ten times a second. */
function sayProgress(progress: number): void {
  const now = performance.now();
  if (now - saidAt >= 100) {
    saidAt = now;
    say({ progress });
  }
}

function say(answer: ScanAnswer): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
