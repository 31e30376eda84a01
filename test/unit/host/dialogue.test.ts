import { describe, expect, it } from 'vitest';
import { createCommandRunner } from '../../../src/host/command.ts';
import { startDialogue } from '../../../src/host/dialogue.ts';
import { liveGroups } from '../../../src/host/process-groups.ts';

const commands = createCommandRunner();
const never = new AbortController().signal;

describe('startDialogue', () => {
  it('answers line by line, and keeps lines until somebody wants them', async () => {
    const cat = startDialogue(commands, 'cat', [], { signal: never });
    cat.send('one');
    expect(await cat.next()).toBe('one');
    cat.send('two');
    cat.send('three');
    expect([await cat.next(), await cat.next()]).toEqual(['two', 'three']);
    await cat.finish();
    expect(liveGroups()).toEqual([]);
  });

  it('tells whoever waits for a line that the program has failed, and everybody after', async () => {
    const failing = startDialogue(commands, 'sh', ['-c', 'read line; echo "no $line" >&2; exit 3'], {
      signal: never,
    });
    const waiting = failing.next();
    failing.send('way');
    await expect(waiting).rejects.toMatchObject({ code: 'COMMAND_FAILED', stderr: ['no way'] });
    await expect(failing.next()).rejects.toMatchObject({ code: 'COMMAND_FAILED' });
    await expect(failing.ended).rejects.toMatchObject({ code: 'COMMAND_FAILED' });
    failing.send('whatever');
    await expect(failing.finish()).rejects.toMatchObject({ code: 'COMMAND_FAILED' });
  });

  it('does not take an early end for an answer', async () => {
    const short = startDialogue(commands, 'true', [], { signal: never });
    await expect(short.next()).rejects.toThrow('true ended although more was expected of it.');
    await short.ended;
  });

  it('ends the program when it is aborted', async () => {
    const controller = new AbortController();
    const cat = startDialogue(commands, 'cat', [], { signal: controller.signal });
    const waiting = cat.next();
    controller.abort(new Error('stop'));
    await expect(waiting).rejects.toThrow('stop');
    await expect(cat.ended).rejects.toThrow('stop');
    expect(liveGroups()).toEqual([]);
  });
});
