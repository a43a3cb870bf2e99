import { expect, test } from 'vitest';
import { createDatasets } from '../../../src/data/catalogue.js';
import { createMemoryStore } from '../../../src/storage/memory.js';
import { readBuiltin } from './files.js';

const expected = [
  { name: 'fashion-mnist', rows: 14_000, columns: 3, target: 'label', classes: 10, missing: 0 },
  { name: 'digits', rows: 1797, columns: 65, target: 'label', classes: 10, missing: 0 },
  { name: 'iris', rows: 150, columns: 5, target: 'species', classes: 3, missing: 0 },
  { name: 'wine', rows: 178, columns: 14, target: 'class', classes: 3, missing: 0 },
  { name: 'breast-cancer', rows: 569, columns: 31, target: 'diagnosis', classes: 2, missing: 0 },
  { name: 'penguins', rows: 344, columns: 7, target: 'species', classes: 3, missing: 19 },
];

test.each(expected)(
  '$name has the rows, columns, classes and missing values of the original',
  async ({ name, rows, columns, target, classes, missing }) => {
    const datasets = createDatasets({ store: createMemoryStore(), readBuiltin });
    const described = (await datasets.builtins()).find((builtin) => builtin.name === name);
    expect(described).toMatchObject({ rows, columns, target });
    const reading = datasets.import({ kind: 'builtin', name });
    let next = await reading.next();
    while (!next.done) next = await reading.next();
    const record = next.value;
    expect(record.rows).toBe(rows);
    expect(record.fields).toHaveLength(columns);
    expect(record.suggestedTarget).toBe(target);
    expect(record.fields.find((field) => field.name === target)).toMatchObject({ distinct: classes });
    expect(record.fields.reduce((sum, field) => sum + field.missing, 0)).toBe(missing);
    expect(record.origin.licence).toMatch(/^CC|^MIT$/);
  },
);

test('every built-in table says whose it is, in texts that are not empty', async () => {
  const builtins = await createDatasets({ store: createMemoryStore(), readBuiltin }).builtins();
  expect(builtins.map(({ name }) => name)).toEqual(expected.map(({ name }) => name));
  for (const { rows, columns, pictures, ...texts } of builtins) {
    expect([rows, columns].every(Number.isInteger)).toBe(true);
    expect(Object.keys(texts).toSorted()).toEqual([
      'attribution',
      'description',
      ...(pictures ? [] : ['file']),
      'licence',
      'name',
      'source',
      'target',
      'task',
      'title',
    ]);
    expect(Object.values(texts).every((text) => typeof text === 'string' && text !== '')).toBe(true);
  }
});
