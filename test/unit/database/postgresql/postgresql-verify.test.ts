import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DatabaseFacts } from '../../../../src/database/postgresql/postgresql-facts.ts';
import { verifyDump } from '../../../../src/database/postgresql/postgresql-verify.ts';
import { createCommandRunner } from '../../../../src/host/command.ts';
import { healthyFacts, relation } from './facts.ts';

/** Stands for pg_restore: prints a list that the test chooses. The real one is used in the contract suite. */
let root: string;
let folder: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'verify-'));
  folder = join(root, 'dump');
  await mkdir(folder);
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

async function verify(tables: readonly string[], facts: DatabaseFacts, now = facts): Promise<number> {
  const lines = tables.map(
    (name, index) => `${3000 + index}; 0 ${16_000 + index} TABLE DATA public ${name} bb`,
  );
  const pgRestore = join(root, 'pg_restore');
  await writeFile(pgRestore, `#!/bin/sh\ncat <<'END'\n;\n; Archive created\n${lines.join('\n')}\nEND\n`, {
    mode: 0o755,
  });
  return await verifyDump(
    {
      commands: createCommandRunner(),
      pgRestore,
      folder,
      facts,
      factsNow: async () => await Promise.resolve(now),
    },
    new AbortController().signal,
  );
}

async function dataFiles(count: number, content = '\\.\n'): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await writeFile(join(folder, `${3000 + index}.dat`), content);
  }
}

it('counts the tables of a whole dump', async () => {
  await dataFiles(3);
  expect(await verify(['app_property', 'project', 'repository'], healthyFacts())).toBe(3);
});

it('refuses a dump that lacks a table which exists', async () => {
  await dataFiles(2);
  await expect(verify(['app_property', 'project'], healthyFacts())).rejects.toThrow(
    "The dump of database 'bitbucket' is not whole: it lacks 1 tables (public.repository).",
  );
});

it('accepts that a table dropped since preflight is not in it', async () => {
  await dataFiles(3);
  const before = healthyFacts({ relations: [...healthyFacts().relations, relation('AO_1')] });
  expect(await verify(['app_property', 'project', 'repository'], before, healthyFacts())).toBe(3);
});

it('does not ask the number of sequences and partitioned tables, which have no data file', async () => {
  await dataFiles(3);
  const more = [relation('ids', { kind: 'sequence' }), relation('parts', { kind: 'partitioned' })];
  const facts = healthyFacts({ relations: [...healthyFacts().relations, ...more] });
  expect(await verify(['app_property', 'project', 'repository'], facts)).toBe(3);
});

it('refuses a data file that is missing or empty', async () => {
  await dataFiles(2);
  await expect(verify(['app_property', 'project', 'repository'], healthyFacts())).rejects.toThrow(
    'entry 3002 is missing',
  );
  await dataFiles(3, '');
  await expect(verify(['app_property', 'project', 'repository'], healthyFacts())).rejects.toThrow(
    'missing or empty',
  );
});

it('refuses a table of contents that pg_restore cannot read', async () => {
  const pgRestore = join(root, 'pg_restore');
  await writeFile(pgRestore, '#!/bin/sh\necho "did not find magic string" >&2\nexit 1\n', { mode: 0o755 });
  const facts = healthyFacts();
  const dump = {
    commands: createCommandRunner(),
    pgRestore,
    folder,
    facts,
    factsNow: async () => await Promise.resolve(facts),
  };
  await expect(verifyDump(dump, new AbortController().signal)).rejects.toThrow(
    'its table of contents cannot be read',
  );
});
