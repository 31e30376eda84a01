/** An S3 server that others wrote (versitygw, over a folder): checks signatures, and has the errors of the real one. */
import { mkdir, readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { searchFolder } from './installed.ts';
import { makePlace, removePlace } from './place.ts';
import { startProcess, untilReady } from './process.ts';

export interface S3Server {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** Holds the buckets. */
  readonly folder: string;
  createBucket(name: string): Promise<void>;
  /** Paths of all objects in a bucket. */
  objects(bucket: string): Promise<readonly string[]>;
  /** Ends it and removes all buckets. Idempotent. */
  stop(): Promise<void>;
}

/** @param region that its requests have to be signed for */
export async function startS3Server(region = 'us-east-1'): Promise<S3Server> {
  const place = await makePlace();
  const buckets = join(place.folder, 'buckets');
  await mkdir(buckets);
  const accessKey = 'access-of-the-tests';
  const secretKey = 'secret-of-the-tests';
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const program = join(searchFolder(), 'versitygw/versitygw');
  const options = `--port 127.0.0.1:${port} --access ${accessKey} --secret ${secretKey} --region ${region} --quiet`;
  const server = startProcess(place, {
    program: 'setpriv',
    args: [
      '--pdeathsig',
      'KILL',
      program,
      ...options.split(' '),
      'posix',
      '--sidecar',
      await makeSidecar(place.folder),
      buckets,
    ],
  });
  try {
    // Any answer will do: without a signature it is a refusal.
    await untilReady(place, server, async () => (await fetch(endpoint)).status);
  } catch (error) {
    await removePlace(place);
    throw error;
  }
  return {
    endpoint,
    region,
    accessKey,
    secretKey,
    folder: buckets,
    createBucket: async (name) => {
      await mkdir(join(buckets, name));
    },
    objects: async (bucket) => {
      const entries = await readdir(join(buckets, bucket), { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(join(buckets, bucket).length + 1))
        .sort();
    },
    stop: async () => {
      await server.end('SIGKILL');
      await removePlace(place);
    },
  };
}

/** Beside the buckets, so that a file system without extended attributes will do as well. */
async function makeSidecar(folder: string): Promise<string> {
  const path = join(folder, 'metadata');
  await mkdir(path);
  return path;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve, reject) => {
    probe.once('listening', resolve);
    probe.once('error', reject);
  });
  const address = probe.address();
  await new Promise((resolve) => {
    probe.close(resolve);
  });
  return typeof address === 'object' && address !== null ? address.port : 0;
}
