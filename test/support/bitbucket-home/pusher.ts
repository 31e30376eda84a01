/** Users at work: real pushes from clones of their own, over the same gate as Bitbucket's other requests. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { git } from './git.ts';
import type { TestRepository } from './repositories.ts';

export interface PusherOptions {
  readonly repositories: readonly TestRepository[];
  /** Runs a push as a user request; rejects without running it while Bitbucket is locked. */
  readonly admit: <T>(push: () => Promise<T>) => Promise<T>;
  /** Milliseconds from one push to the next, and to the next try after a refusal. */
  readonly intervalMs: number;
}

export interface AcceptedPush {
  readonly repository: number;
  readonly ref: string;
  readonly sha: string;
}

export interface Pusher {
  /** In their order. */
  readonly accepted: readonly AcceptedPush[];
  /** How often `admit` refused. */
  readonly refused: number;
  /** When so many pushes have been accepted. Rejects when pushing failed. */
  reached(pushes: number): Promise<void>;
  /** Ends after the push under way. @throws Error when an admitted push failed */
  stop(): Promise<{ pushes: number }>;
}

export function startPusher(options: PusherOptions): Pusher {
  const accepted: AcceptedPush[] = [];
  const stopping = new AbortController();
  let refused = 0;
  const work = keepPushing(options, stopping.signal, {
    accepted: (push) => accepted.push(push),
    refused: () => {
      refused += 1;
    },
  });
  // Whoever stops or waits hears of it.
  work.catch(() => stopping.abort());
  return {
    accepted,
    get refused() {
      return refused;
    },
    reached: async (pushes) => {
      while (accepted.length < pushes) {
        if (stopping.signal.aborted) {
          await work;
          throw new Error(`The pusher stopped after ${accepted.length} of ${pushes} pushes.`);
        }
        await sleep(10);
      }
    },
    stop: async () => {
      stopping.abort();
      await work;
      return { pushes: accepted.length };
    },
  };
}

interface Tally {
  accepted(push: AcceptedPush): void;
  refused(): void;
}

async function keepPushing(options: PusherOptions, stop: AbortSignal, tally: Tally): Promise<void> {
  const clones = await mkdtemp(join(tmpdir(), 'pusher-'));
  try {
    for (let number = 1; !stop.aborted; number += 1) {
      const repository = options.repositories[number % options.repositories.length];
      if (repository === undefined) {
        throw new TypeError('A pusher needs a repository.');
      }
      const clone = join(clones, String(repository.id));
      if (number <= options.repositories.length) {
        await openClone(clone, repository);
      }
      const push = await newCommit(clone, repository, number);
      while (!stop.aborted && !(await offer(clone, push, options.admit, tally))) {
        await pause(options.intervalMs, stop);
      }
      await pause(options.intervalMs, stop);
    }
  } finally {
    await rm(clones, { recursive: true, force: true });
  }
}

/** By alternates: quick, and nothing but the tip is asked of the repository. */
async function openClone(clone: string, { path }: TestRepository): Promise<void> {
  await git(tmpdir(), ['clone', '--quiet', '--bare', '--shared', path, clone]);
  await git(clone, ['remote', 'set-url', 'origin', pathToFileURL(path).href]);
}

/** Every fifth push is a new branch, the others go to the default one. */
async function newCommit(clone: string, { id }: TestRepository, number: number): Promise<AcceptedPush> {
  const ref = number % 5 === 0 ? `refs/heads/work/${number}` : 'refs/heads/main';
  const content = `push ${number} to ${id}\n`;
  const message = `Push ${number}`;
  await git(
    clone,
    ['fast-import', '--quiet'],
    [
      `commit ${ref}`,
      `committer Test <test@example.com> ${1_710_000_000 + number} +0000`,
      `data ${message.length}\n${message}`,
      'from refs/heads/main^0',
      `M 100644 inline pushed/${number}.txt`,
      `data ${content.length}\n${content}\n`,
    ].join('\n'),
  );
  return { repository: id, ref, sha: await git(clone, ['rev-parse', ref]) };
}

/** False when it was refused before it began. */
async function offer(
  clone: string,
  push: AcceptedPush,
  admit: PusherOptions['admit'],
  tally: Tally,
): Promise<boolean> {
  let began = false;
  try {
    await admit(async () => {
      began = true;
      await git(clone, ['push', '--quiet', 'origin', `${push.ref}:${push.ref}`]);
      // Counted before the request ends: a drained Bitbucket has no push that is not counted.
      tally.accepted(push);
    });
    return true;
  } catch (error) {
    if (began) {
      throw error;
    }
    tally.refused();
    return false;
  }
}

async function pause(milliseconds: number, stop: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal: stop }).catch(() => undefined);
}
