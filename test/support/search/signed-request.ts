/**
 * A program: signs one request with whatever credentials its environment leads to, sends it, and prints what came of it
 * as JSON. A process of its own, because Amazon's libraries read the environment and keep what they read.
 *
 * Arguments: URL, region, service, and how often to ask (once).
 */
import { performance } from 'node:perf_hooks';
import { ActionError } from '../../../src/errors.ts';
import { createSigner } from '../../../src/search/amazon/signer.ts';
import { createMemoryLog } from '../memory-log.ts';

const [target = '', region = '', service = '', times = '1'] = process.argv.slice(2);
const { log, lines } = createMemoryLog();
const secrets: string[] = [];
const statuses: number[] = [];
const started = performance.now();
let failure: { message: string; advice: string | undefined } | undefined;
let answer = '';
try {
  const signer = await createSigner({
    region,
    service: service === 'aoss' ? 'aoss' : 'es',
    log,
    onSecret: (secret) => secrets.push(secret),
  });
  for (let time = 0; time < Number(times); time += 1) {
    const url = new URL(target);
    const headers = await signer.sign({ method: 'GET', url, headers: { accept: 'application/json' } });
    const response = await fetch(url, { headers });
    statuses.push(response.status);
    answer = await response.text();
  }
} catch (error) {
  if (!(error instanceof ActionError)) {
    throw error;
  }
  failure = { message: error.message, advice: error.advice };
}
const milliseconds = Math.round(performance.now() - started);
console.log(JSON.stringify({ statuses, answer, failure, secrets, lines, milliseconds }));
