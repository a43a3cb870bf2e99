/** What was done is undone and done again, and every state that is come to is kept. */
import { expect, test } from 'vitest';
import { UndoHistory } from '../../../src/ui/undo.js';

test('changes are undone and done again, in their order, and a new one forgets what was undone', () => {
  const kept: string[] = [];
  const history = new UndoHistory('a', (state) => kept.push(state));
  expect([history.canUndo, history.canRedo]).toEqual([false, false]);
  history.undo();
  history.redo();
  expect(kept).toEqual([]);
  history.change('b');
  history.change('c');
  history.undo();
  history.undo();
  expect([history.state, history.canUndo, history.canRedo]).toEqual(['a', false, true]);
  history.redo();
  history.change('d');
  expect([history.state, history.canRedo]).toEqual(['d', false]);
  history.undo();
  expect(history.state).toBe('b');
  expect(kept).toEqual(['b', 'c', 'b', 'a', 'b', 'd', 'b']);
});

test('what is empty or false is a state like any other', () => {
  const history = new UndoHistory<number | boolean>(0, () => undefined);
  history.change(false);
  history.undo();
  expect(history.state).toBe(0);
  history.redo();
  expect(history.state).toBe(false);
});

test('a hundred changes can be undone, the latest', () => {
  const history = new UndoHistory(0, () => undefined);
  for (let state = 1; state <= 130; state++) history.change(state);
  let undone = 0;
  for (; history.canUndo; undone++) history.undo();
  expect([undone, history.state]).toEqual([100, 30]);
});
