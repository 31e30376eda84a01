/** Starts the server that lets through only requests with a right signature; what it checks is told in the Python file. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pythonWithPackages } from '../python.ts';

const PROGRAM = join(import.meta.dirname, 'signature-verifying-proxy.py');

export interface TestKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** ISO 8601; the token is refused from then on. */
  readonly expires?: string;
}

export interface ProxySettings {
  /** The search server behind it: `http://127.0.0.1:<port>`. */
  readonly upstream: string;
  readonly region: string;
  readonly service: 'es' | 'aoss';
  readonly keys: readonly TestKey[];
  /** Starts moto's token service too, and takes the keys that it gives out. */
  readonly sts?: boolean;
}

export interface SignatureVerifyingProxy {
  /** Where a client takes it for the search server. */
  readonly url: string;
  /** For AWS_ENDPOINT_URL_STS; undefined without `sts`. */
  readonly stsUrl: string | undefined;
  /** Ends it. Idempotent. */
  close(): Promise<void>;
}

export async function startSignatureVerifyingProxy(
  settings: ProxySettings,
): Promise<SignatureVerifyingProxy> {
  // The parent's death stops it: a test run that is killed must not leave servers behind.
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', pythonWithPackages(), PROGRAM], {
    // moto would else look for credentials of its own.
    env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', AWS_EC2_METADATA_DISABLED: 'true' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => {
    said.push(chunk.toString('utf8'));
    said.splice(0, said.length - 50);
  });
  const ended = once(child, 'close');
  child.stdin.end(JSON.stringify(settings));
  const ports = await Promise.race([
    once(createInterface(child.stdout), 'line').then(([line]) => portsOf(String(line))),
    ended.then((): never => {
      throw new Error(`The signature verifying proxy did not start:\n${said.join('')}`);
    }),
  ]);
  return {
    url: `http://127.0.0.1:${ports.port}`,
    stsUrl: ports.stsPort === undefined ? undefined : `http://127.0.0.1:${ports.stsPort}`,
    close: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function portsOf(line: string): { port: number; stsPort: number | undefined } {
  const ports: unknown = JSON.parse(line);
  if (typeof ports !== 'object' || ports === null || !('port' in ports) || !('stsPort' in ports)) {
    throw new TypeError(`The signature verifying proxy said ${line}`);
  }
  return { port: Number(ports.port), stsPort: ports.stsPort === null ? undefined : Number(ports.stsPort) };
}
