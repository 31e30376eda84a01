import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/errors.ts';
import { homeStrategies } from '../../../src/home/registry.ts';
import { createInputReader } from '../../contract/input-reader.ts';
import { never, openWorkplace } from '../../contract/home-context.ts';
import { createMemoryLog } from '../../support/memory-log.ts';

describe('home strategies', () => {
  it('load by the name of the input', async () => {
    expect(Object.keys(homeStrategies)).toEqual(['rsync', 'none']);
    for (const load of Object.values(homeStrategies)) {
      expect(await load()).toHaveProperty('read');
    }
  });

  it('rsync reads its inputs, with all problems in one go', async () => {
    const definition = await homeStrategies.rsync();
    const reader = createInputReader({
      'data-stores': 'relative',
      'exclude-repositories': 'PROJ/repo',
      'home-delta': 'gitaware',
    });
    definition.read(reader);
    const problems = ((): unknown => {
      try {
        reader.finish();
        return [];
      } catch (error) {
        return error instanceof ConfigurationError ? error.problems.map(({ subject }) => subject) : error;
      }
    })();
    expect(problems).toEqual(['home-path', 'data-stores', 'exclude-repositories', 'home-delta']);
  });
});

describe('none', () => {
  it('writes nothing, and says that nothing is backed up', async () => {
    await using place = await openWorkplace();
    const definition = await homeStrategies.none();
    const { log } = createMemoryLog();
    const strategy = definition.read(createInputReader({})).create({
      log,
      commands: { run: async () => await Promise.reject(new Error('nothing is to be run')) },
      backupId: 'id',
      backupRoot: place.backupRoot,
      progress: () => undefined,
    });
    expect(await strategy.preflight()).toEqual([]);
    expect(await strategy.spaceNeeds()).toEqual([]);
    await strategy.prepare(never);
    const captured = await strategy.capture(never);
    expect(await captured.settle(never)).toEqual({
      strategy: 'none',
      included: false,
      members: [],
      details: { reason: "home-strategy is 'none'" },
    });
    await captured.discard();
    await expect(strategy.capture(AbortSignal.abort(new Error('cancelled')))).rejects.toThrow('cancelled');
  });
});
