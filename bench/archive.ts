/** Our archive beside `tar -czf`, of a home of incompressible packs. Both end when the data are flushed to disk. */
import { mkdir, mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomFillSync } from 'node:crypto';
import { archiveStrategies } from '../src/archive/registry.ts';
import { createCommandRunner } from '../src/host/command.ts';
import { createLog } from '../src/host/log.ts';
import { Redactor } from '../src/host/redactor.ts';
import { inputDeclarations } from '../src/inputs/declarations.ts';
import { InputReader } from '../src/inputs/reader.ts';
import { runProgram } from '../test/support/program.ts';
import { alternate, printMeasured } from './measure.ts';

const PACKS = 30;
const PACK_BYTES = 20 * 1024 * 1024;
const ROUNDS = 5;

export async function benchArchive(): Promise<void> {
  console.log(
    `Archive of ${PACKS} incompressible packs, ${(PACKS * PACK_BYTES) / 1024 / 1024} MiB, flushed to disk, ${ROUNDS} rounds:`,
  );
  const folder = await mkdtemp(join(tmpdir(), 'bench-archive-'));
  try {
    const root = join(folder, 'backup');
    await makePacks(join(root, 'bitbucket-home'));
    const classic = join(folder, 'classic.tar.gz');
    const archiveRoot = join(folder, 'archives');
    const [ours, theirs] = await alternate(
      [
        {
          name: 'this action (zstd, SHA-256, flush)',
          reset: async () => await rm(archiveRoot, { recursive: true, force: true }),
          run: async () => await writeArchive(root, archiveRoot),
        },
        {
          name: 'tar -czf, flush',
          reset: async () => await rm(classic, { force: true }),
          run: async () => {
            await runProgram('tar', ['-czf', classic, '-C', root, 'bitbucket-home']);
            await runProgram('sync', [classic]);
          },
        },
      ],
      ROUNDS,
    );
    if (ours === undefined || theirs === undefined) {
      throw new Error('Two contenders were measured.');
    }
    printMeasured(ours);
    printMeasured(theirs);
    console.log(`  ratio ${(theirs.median / ours.median).toFixed(1)} (goal: at least 5)`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function makePacks(home: string): Promise<void> {
  for (let pack = 0; pack < PACKS; pack += 1) {
    const objects = join(home, 'shared', 'data', 'repositories', String(pack + 1), 'objects', 'pack');
    await mkdir(objects, { recursive: true });
    const file = await open(join(objects, `pack-${pack}.pack`), 'wx');
    await file.writeFile(randomFillSync(Buffer.alloc(PACK_BYTES)));
    await file.close();
  }
}

const quiet = (): void => undefined;

/** The strategy itself, as the pipeline calls it. */
async function writeArchive(root: string, archiveRoot: string): Promise<void> {
  const log = createLog(
    {
      debug: quiet,
      info: quiet,
      notice: quiet,
      warning: quiet,
      error: quiet,
      startGroup: quiet,
      endGroup: quiet,
    },
    new Redactor(),
  );
  const values: Readonly<Record<string, string>> = { 'archive-root': archiveRoot };
  const inputs = new InputReader({
    raw: (name) => values[name] ?? inputDeclarations.find((input) => input.name === name)?.default ?? '',
    mask: quiet,
  });
  const factory = (await archiveStrategies.tar()).read(inputs);
  inputs.finish();
  const strategy = factory.create({
    log,
    commands: createCommandRunner(),
    backupId: 'bench-20260101-000000-000',
    instanceName: 'bench',
    backupRoot: root,
    sources: [],
    onPartial: quiet,
  });
  const members = await readdir(root);
  await strategy.create({ root, members, bytes: PACKS * PACK_BYTES }, new AbortController().signal);
}
