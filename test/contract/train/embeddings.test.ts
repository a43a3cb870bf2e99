/** Categories of many values as learnt vectors: from the table to answers about values that nobody has seen, and broken off in between. */
import { expect, test } from 'vitest';
import { Random } from '../../../src/base/random.js';
import type { TrainingSpec } from '../../../src/spec/training.js';
import { failureOf, workplace } from './workplace.js';

const place = workplace();

/** The value of a row is that of its shop and half of x, with a little noise. */
function shops(count: number, rows: number): string {
  const random = new Random(7, 'shops');
  const worth = Array.from({ length: count }, () => random.normal());
  const lines = Array.from({ length: rows }, (_, row) => {
    const shop = row % count;
    const x = random.normal();
    return `s${shop},${x.toFixed(4)},${(worth[shop] + x / 2 + 0.1 * random.normal()).toFixed(4)}`;
  });
  return `shop,x,value\n${lines.join('\n')}\n`;
}

const spec = { target: 'value', preset: 'residual', epochs: 40, patience: 0, seed: 1, device: 'wasm' } as const satisfies TrainingSpec;

test('residual learns a vector for each of many shops; a new shop is an unknown one, and the linear model is no worse off', async () => {
  const table = await place.table(shops(60, 1200));
  const { run } = await place.train(table, spec);
  expect(run.pipeline.steps[0]).toMatchObject({ kind: 'embedding', column: 'shop', categories: expect.arrayContaining(['s0', 's59']) });
  expect(run.pipeline.inputs).toBe(2);
  const r2 = (scores: unknown): number => (scores as { test: { r2: number } }).test.r2;
  expect(r2(run.scores)).toBeGreaterThan(0.9);
  expect(r2(run.linear)).toBeGreaterThan(0.9);
  const [known, unknown, missing] = await place.models.predict(run.modelId!, [
    { shop: 's3', x: 0 },
    { shop: 'new', x: 0 },
    { shop: null, x: 0 },
  ]);
  expect(unknown).toEqual(missing);
  expect(known.prediction).not.toBeCloseTo(unknown.prediction as number, 3);
  const { run: again } = await place.train(table, spec);
  expect(again.curve).toEqual(run.curve);
  await place.expectTidy();
});

test('few values stay an input each; mlp embeds what it is asked to; more than a network has room for is refused', async () => {
  const few = (await place.train(await place.table(shops(8, 160)), { ...spec, epochs: 1 })).run;
  expect(few.pipeline.steps[0].kind).toBe('category');
  const columns = [{ column: 'shop', step: { as: 'embedding' } }] as const;
  const asked = (
    await place.train(await place.table(shops(8, 160)), { ...spec, preset: 'mlp', epochs: 1, pipeline: { columns: [...columns] } })
  ).run;
  expect(asked.pipeline.steps[0].kind).toBe('embedding');
  expect(asked.model.layers.some(({ kind }) => kind === 'embedding')).toBe(true);
  const names = Array.from({ length: 40 }, (_, index) => `c${index}`);
  const wide = Array.from({ length: 60 }, (_, row) => [...names.map((_, index) => `v${(row * (index + 1)) % 5}`), row].join(','));
  const table = await place.table(`${[...names, 'value'].join(',')}\n${wide.join('\n')}\n`);
  const all = { types: [{ type: 'category', step: { as: 'embedding' } }] } as const;
  expect(await failureOf(place.train(table, { ...spec, pipeline: { types: [...all.types] } }))).toMatchObject({
    code: 'too-many-embeddings',
    place: { field: 'pipeline' },
  });
});
