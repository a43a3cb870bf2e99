import { expect, test } from 'vitest';
import { columnsOf, usualColumns } from '../../../src/ui/runs/columns.js';
import { differencesOf } from '../../../src/ui/runs/differences.js';
import { grouped, inOrder, matching, searchOf } from '../../../src/ui/runs/find.js';
import { commandOf } from '../../../src/ui/runs/reproduce.js';
import { classificationScores, run } from '../../browser/ui/records.js';

const linear = {
  ...run,
  id: 'run-2',
  name: 'Second',
  preset: 'linear',
  learningRate: 0.2,
  tags: ['good', 'old'],
  notes: 'The one to beat',
  scores: { validation: classificationScores, test: { ...classificationScores, accuracy: 0.7 } },
};
const failed = { ...run, id: 'run-3', status: 'failed' as const, scores: undefined, spec: { ...run.spec, weightDecay: 0.5 } };
const runs = [run, linear, failed];
const columns = columnsOf(runs);
const ids = (found: { id: string }[]): string => found.map(({ id }) => id.slice(-1)).join('');

test('every setting and every figure that some run has is a column', () => {
  const keys = columns.map(({ key }) => key);
  for (const key of ['learningRate', 'weightDecay', 'batchSize', 'seed', 'accuracy', 'validation.logLoss', 'tags', 'notes', 'parameters'])
    expect(keys).toContain(key);
  for (const key of ['rmse', 'l2', 'sweep', 'validation.rocAuc']) expect(keys).not.toContain(key);
  expect(usualColumns(runs)).toEqual(['model', 'accuracy', 'learningRate', 'parameters', 'time', 'state', 'tags']);
});

test.each([
  ['', '123'],
  ['beat', '2'],
  ['GOOD', '2'],
  ['accuracy>0.9', '1'],
  ['accuracy<=0.7', '2'],
  ['learningrate=0.2', '2'],
  ['model=linear', '2'],
  ['model!=linear', '13'],
  ['weightDecay>=0.5 penguins', '3'],
  ['tags=old accuracy>0.9', ''],
])('finds by "%s"', (text, expected) => {
  expect(ids(matching(runs, searchOf(text, columns)))).toBe(expected);
});

test('a column that there is not is told, not passed over', () => {
  expect(searchOf('acuracy>0.9', columns).unknown).toEqual(['acuracy']);
});

test('orders by any column, runs without a value last either way; groups, a run with two tags in both', () => {
  expect(ids(inOrder(runs, { key: 'accuracy', descending: true }, columns))).toBe('123');
  expect(ids(inOrder(runs, { key: 'accuracy', descending: false }, columns))).toBe('213');
  expect(ids(inOrder(runs, { key: 'name', descending: true }, columns))).toBe('213');
  expect(ids(inOrder(runs, undefined, columns))).toBe('123');
  expect([...grouped(runs, 'tags', columns)].map(([name, group]) => `${name}:${ids(group)}`)).toEqual(['no tags:13', 'good:2', 'old:2']);
  expect([...grouped(runs, 'model', columns).keys()]).toEqual(['Neural network', 'Linear model']);
});

test('two runs differ in what they differ in, and in nothing else', () => {
  const other = {
    ...failed,
    dataset: { ...run.dataset, hash: 'def' },
    spec: { ...failed.spec, pipeline: { classWeights: 'balanced' as const } },
  };
  const differs = differencesOf([run, other]).filter((line) => line.differs);
  expect(differs.map(({ part, name }) => `${part}: ${name}`)).toEqual(
    expect.arrayContaining(['Data: Version', 'Spec: Weight decay', 'Pipeline: classWeights', 'Figures: Accuracy, test', 'Course: State']),
  );
  expect(differs.some(({ name }) => ['Table', 'target', 'Layers', 'Learning rate'].includes(name))).toBe(false);
  expect(differencesOf([run, run]).every((line) => !line.differs)).toBe(true);
});

test('the command is one line, whatever the names', () => {
  const odd = { ...run, spec: { target: "it's; rm -rf" } };
  const command = commandOf(odd, { origin: { kind: 'file', name: 'my table.csv' } });
  expect(command).toBe(
    `printf '%s' '{"device":"wasm","target":"it'\\''s; rm -rf","seed":7}' > spec-run-1.json && npx benchwright train 'my table.csv' --spec spec-run-1.json --out run-run-1`,
  );
  const behind = {
    ...run,
    spec: { target: 'digit', extractor: { model: 'ab12' } },
    extractor: { name: 'my net', hash: 'ab12', layers: 3 },
  };
  expect(commandOf(behind, undefined)).toContain(` --spec spec-run-1.json --extractor 'my net' --out `);
  const gpu = { ...run, device: { ...run.device, device: 'webgpu' as const } };
  expect(commandOf(gpu, undefined)).not.toContain('webgpu');
});
