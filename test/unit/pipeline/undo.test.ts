import { expect, test } from 'vitest';
import { UndoStack } from '../../../src/pipeline/undo.ts';
import { createMemoryLog } from '../../support/memory-log.ts';

function recorded(): {
  undo: UndoStack;
  done: string[];
  lines: readonly string[];
  push: (name: string) => void;
} {
  const { log, lines } = createMemoryLog();
  const undo = new UndoStack(log);
  const done: string[] = [];
  const push = (name: string): void => {
    undo.push(name, async () => {
      await Promise.resolve();
      done.push(name);
    });
  };
  return { undo, done, lines, push };
}

test('steps are taken back in reverse', async () => {
  const { undo, done, push } = recorded();
  ['journal', 'home', 'database'].forEach(push);
  expect(await undo.unwind()).toEqual({ undone: ['database', 'home', 'journal'], failures: [] });
  expect(done).toEqual(['database', 'home', 'journal']);
});

test('a step that cannot be taken back is told, and the others are taken back all the same', async () => {
  const { undo, done, lines, push } = recorded();
  push('journal');
  undo.push('home', async () => await Promise.reject(new Error('the disk is gone')));
  undo.push('search', () => {
    throw new Error('at once');
  });
  push('database');
  expect(await undo.unwind()).toEqual({
    undone: ['database', 'journal'],
    failures: ['search: at once', 'home: the disk is gone'],
  });
  expect(done).toEqual(['database', 'journal']);
  expect(lines).toEqual([
    'error: Clean-up failed, search: at once',
    'error: Clean-up failed, home: the disk is gone',
  ]);
});

test('nothing is taken back twice', async () => {
  const { undo, done, push } = recorded();
  push('home');
  await undo.unwind();
  expect(await undo.unwind()).toEqual({ undone: [], failures: [] });
  expect(done).toEqual(['home']);
});
