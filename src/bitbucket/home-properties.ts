/** `bitbucket.properties` of the home that Bitbucket runs on. */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { asError, isErrno } from '../errors.ts';
import { propertiesIn } from './properties.ts';

/** Old homes, and those whose `shared` is the home, have it beside `shared` or without it. */
const FILES = ['shared/bitbucket.properties', 'bitbucket.properties'] as const;

/** A file of kilobytes. */
const LARGEST_BYTES = 1024 * 1024;

/** On a network file system that is gone the call never returns. */
const READ_MS = 15_000;

export interface HomeProperties {
  readonly path: string;
  readonly properties: ReadonlyMap<string, string>;
}

/** @returns or the rest of a sentence that begins with the folder */
export async function readHomeProperties(
  homePath: string,
  limitMs = READ_MS,
): Promise<HomeProperties | { readonly problem: string }> {
  const done = new AbortController();
  const late = async (): Promise<{ problem: string }> => {
    await sleep(limitMs, undefined, { signal: done.signal, ref: false });
    return {
      problem: `does not answer within ${limitMs / 1_000} s; look whether it lies on a file system that is gone`,
    };
  };
  try {
    return await Promise.race([readFirst(homePath), late()]);
  } finally {
    done.abort();
  }
}

async function readFirst(homePath: string): Promise<HomeProperties | { readonly problem: string }> {
  for (const file of FILES) {
    const path = join(homePath, file);
    try {
      const text = await readText(path);
      return { path, properties: propertiesIn(text) };
    } catch (error) {
      if (!isErrno(error, 'ENOENT', 'ENOTDIR')) {
        return {
          problem: `has a ${file} that cannot be read (${asError(error).message.replace(/\.$/, '')})`,
        };
      }
    }
  }
  return { problem: `holds no ${FILES.join(' and no ')}` };
}

/** One latin1 character for each byte, as Java reads it. */
async function readText(path: string): Promise<string> {
  // Nobody waits for the other end of a pipe.
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const found = await handle.stat();
    if (!found.isFile()) {
      throw new Error('it is not a file');
    }
    if (found.size > LARGEST_BYTES) {
      throw new Error(`it has ${found.size} bytes`);
    }
    return await handle.readFile('latin1');
  } finally {
    await handle.close();
  }
}
