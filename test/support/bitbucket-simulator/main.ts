/**
 * The simulator as a program, for the demo and workflow runs:
 * `node main.ts [--port 0] [--username backup] [--context-path /bitbucket] [--version 9.4.1] [--drain-ms 100]`.
 * The password comes from BITBUCKET_SIMULATOR_PASSWORD. Prints `{"url":...}` when it listens; ends on SIGTERM and SIGINT.
 */
import { parseArgs } from 'node:util';
import { startBitbucketSimulator } from './simulator.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    username: { type: 'string', default: 'backup' },
    'context-path': { type: 'string', default: '' },
    version: { type: 'string', default: '9.4.1' },
    'drain-ms': { type: 'string', default: '100' },
  },
});

const password = process.env['BITBUCKET_SIMULATOR_PASSWORD'];
const simulator = await startBitbucketSimulator({
  port: wholeNumber('port', values.port),
  username: values.username,
  ...(password === undefined ? {} : { password }),
  contextPath: values['context-path'],
  version: values.version,
  drainMs: wholeNumber('drain-ms', values['drain-ms']),
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    simulator.close().catch((error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    });
  });
}
console.log(JSON.stringify({ url: simulator.url }));

function wholeNumber(option: string, value: string): number {
  if (!/^\d{1,9}$/.test(value)) {
    throw new Error(`--${option} is '${value}'; use a whole number.`);
  }
  return Number(value);
}
