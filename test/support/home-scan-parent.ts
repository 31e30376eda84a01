/** Looks at a folder as a backup does, says `looked`, and waits to be killed with the scan still open. */
import { setInterval } from 'node:timers';
import { writeSync } from 'node:fs';
import { createCommandRunner } from '../../src/host/command.ts';
import { HomeScan } from '../../src/home/home-scan.ts';

const [source = ''] = process.argv.slice(2);
const scan = new HomeScan(createCommandRunner());
await scan.firstLook(1, { source, exclusions: [] }, new AbortController().signal);
writeSync(1, 'looked\n');
setInterval(() => undefined, 1_000);
