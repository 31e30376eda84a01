import { describe, expect, test } from 'vitest';
import { createCommandRunner } from '../../../../src/host/command.ts';
import { InputReader } from '../../../../src/inputs/reader.ts';
import { AutoRestore } from '../../../../src/pipeline/auto/auto-restore.ts';
import type { BackedUp } from '../../../../src/strategies/contract.ts';
import { createMemoryLog } from '../../../support/memory-log.ts';

function start(inputs: Readonly<Record<string, string>> = {}): AutoRestore {
  const reader = new InputReader({ raw: (name) => inputs[name] ?? '', mask: () => undefined });
  return new AutoRestore(reader, {
    log: createMemoryLog().log,
    commands: createCommandRunner(),
    runId: 'run',
    archiveName: () => 'archive',
    record: () => undefined,
    partial: () => undefined,
  });
}

function recorded(strategy: string, included = true): BackedUp {
  return { strategy, included, members: [], details: {} };
}

async function messages(restore: AutoRestore): Promise<string[]> {
  return (await restore.preflight({ recorded: undefined, drained: true })).map(({ message }) => message);
}

describe('auto chooses the way back', () => {
  test('by what the manifest names', async () => {
    const restore = start();
    expect(restore).toMatchObject({ name: 'auto', members: ['bitbucket-db'] });
    expect(await restore.preflight(undefined)).toEqual([]);
    await restore.choose(recorded('internal'), []);
    expect(restore).toMatchObject({ name: 'internal', members: [], trees: [] });
    expect(restore.location).toBeUndefined();
    await restore.choose(recorded('postgresql'), []);
    expect(restore).toMatchObject({ name: 'postgresql', members: ['bitbucket-db'] });
    expect(restore.location).toBeTypeOf('function');
  });

  test('by the dump, where there is no manifest', async () => {
    const restore = start();
    await restore.choose(undefined, ['3001.dat.gz', 'toc.dat']);
    expect(restore.name).toBe('postgresql');
  });

  test.each<[string, BackedUp | undefined, readonly string[], string]>([
    [
      'nothing that is known',
      undefined,
      ['photo.png'],
      'nothing in its bitbucket-db tells by what it was dumped',
    ],
    [
      'a strategy of another version',
      recorded('db2'),
      ['toc.dat'],
      "made by 'db2', which this version cannot restore",
    ],
  ])('and says so when there is %s', async (_what, part, files, sentence) => {
    const restore = start();
    await restore.choose(part, files);
    expect((await messages(restore)).join()).toContain(sentence);
  });

  test('leaves it to the pipeline to say that the archive holds none', async () => {
    const restore = start();
    await restore.choose(recorded('none', false), []);
    expect(restore.name).toBe('auto');
    expect(await messages(restore)).toEqual([]);
  });

  test('and names inputs of another strategy, and those that are wrong for this one', async () => {
    const restore = start({ 'database-host': 'db', 'home-strategy': 'none' });
    await restore.choose(recorded('internal'), []);
    const said = await messages(restore);
    expect(said).toHaveLength(2);
    expect(said.join()).toMatch(
      /home-strategy: none.*'database-host' does not belong to the strategy 'internal'/,
    );
  });
});

describe('auto takes back what a run has left', () => {
  const database = { server: 'elsewhere:5432', name: 'b', created: true };

  test('by the strategy that the journal names, or PostgreSQL where it names none', async () => {
    for (const record of [
      { placed: [], database },
      { placed: [], database, databaseStrategy: 'postgresql' },
    ]) {
      const [said] = await start({ 'database-host': 'here' }).recover(record, 'run');
      expect(said).toContain("left database 'b' at elsewhere:5432 half-filled");
    }
    expect(await start().recover({ placed: [] }, 'run')).toEqual([]);
    expect(await start().recover({ placed: [], database, databaseStrategy: 'internal' }, 'run')).toEqual([]);
  });

  test('and leaves to people what it does not know', async () => {
    const [said] = await start().recover({ placed: [], database, databaseStrategy: 'db2' }, 'run');
    expect(said).toContain('drop it by hand');
  });

  test('does nothing before anything was begun', async () => {
    await start().discard();
    await expect(start().complete()).rejects.toThrow(TypeError);
  });
});
