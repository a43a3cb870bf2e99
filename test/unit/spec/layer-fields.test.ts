/** Forms are generated from the schema of layers: every setting has one, and what it says is left-out behaviour is the plan's. */
import { expect, test } from 'vitest';
import { shapesOf } from '../../../src/compute/plan/graph.js';
import type { LayerSpec } from '../../../src/spec/layer.js';
import { fieldsOf, layerKinds } from '../../../src/spec/layer-fields.js';

test('every setting of every layer has a form and is told', () => {
  expect(layerKinds).toHaveLength(24);
  for (const kind of layerKinds) {
    for (const { name, description, form } of fieldsOf(kind)) {
      expect(description, `${kind}.${name}`).toMatch(/^[A-Z`].*\.$/);
      if (form.as === 'choice') expect(form.values.length).toBeGreaterThan(1);
      if (form.as === 'number' || form.as === 'numbers') expect(form.maximum).toBeLessThan(2e9);
    }
  }
});

test('forms know bounds, pairs, choices with numbers, and references', () => {
  const forms = Object.fromEntries(fieldsOf('conv2d').map(({ name, form }) => [name, form]));
  expect(forms.filters).toEqual({ as: 'number', minimum: 1, maximum: 4096, whole: true });
  expect(forms.kernel).toEqual({ as: 'numbers', count: 2, minimum: 1, maximum: 4096, whole: true });
  expect(forms.padding).toEqual({
    as: 'choice',
    values: ['valid', 'same'],
    numbers: { count: 4, minimum: 0, maximum: 4096, whole: true },
  });
  expect(
    fieldsOf('reshape')
      .map(({ form }) => form)
      .at(-1),
  ).toMatchObject({ as: 'extents', fewest: 2, most: 3, minimum: 1, whole: true });
  expect(fieldsOf('add').map(({ form }) => form)).toEqual([{ as: 'name' }, { as: 'references', fewest: 2, most: 64 }]);
  expect(fieldsOf('gru').map(({ name, form }) => [name, form.as])).toEqual([
    ['name', 'name'],
    ['from', 'reference'],
    ['mask', 'reference'],
    ['units', 'number'],
    ['sequences', 'flag'],
  ]);
});

const before: LayerSpec[] = [{ kind: 'flatten' }];
const layersWith = (layer: LayerSpec): LayerSpec[] => [layer, ...before];

test.each([
  { shape: [9, 9, 2], layer: { kind: 'conv2d', filters: 3, kernel: [3, 3], activation: 'relu' } },
  { shape: [9, 9, 2], layer: { kind: 'depthwiseConv2d', kernel: [3, 3], activation: 'relu' } },
  { shape: [9, 2], layer: { kind: 'conv1d', filters: 3, kernel: 3, activation: 'relu' } },
  { shape: [9, 2], layer: { kind: 'maxPool1d', size: 2 } },
  { shape: [9, 2], layer: { kind: 'gru', units: 4 } },
] as { shape: number[]; layer: LayerSpec }[])('what is told of $layer.kind when left out is what the plan takes', ({ shape, layer }) => {
  const inputs = shape.reduce((product, extent) => product * extent, 1);
  const filled = { ...layer } as Record<string, unknown>;
  for (const { name, otherwise } of fieldsOf(layer.kind)) if (otherwise !== undefined) filled[name] ??= otherwise;
  expect(Object.keys(filled).length).toBeGreaterThan(Object.keys(layer).length);
  const shapes = (each: LayerSpec) => shapesOf({ inputs, shape, layers: layersWith(each), loss: 'meanSquaredError' });
  expect(shapes(filled as LayerSpec)).toEqual(shapes(layer));
});
