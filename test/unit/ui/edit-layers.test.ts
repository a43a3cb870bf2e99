/** Layers while they are edited, as text, and as a picture: plain functions over plain data. */
import { expect, test } from 'vitest';
import { inspectModel } from '../../../src/compute/plan/inspect.js';
import { LayerSpec } from '../../../src/spec/layer.js';
import { layerKinds } from '../../../src/spec/layer-fields.js';
import { boxHeight, boxWidth, layoutOf } from '../../../src/ui/elements/graph-layout.js';
import { type EditedLayer, moved, withName, withNew, withoutLayer, withSetting } from '../../../src/ui/layers/edit-layers.js';
import { readSpecText, textOf } from '../../../src/ui/layers/exchange.js';
import { networkOf } from '../../../src/ui/layers/layer-rows.js';

const dense: EditedLayer = { kind: 'dense', units: 8, activation: 'relu' };

test.each(layerKinds)('a new %s is a valid layer', (kind) => {
  const layers = withNew([dense], kind, 1);
  expect(LayerSpec.safeParse(layers[1]).success).toBe(true);
});

test('what joins reads the layer before it and the input; renaming goes on to those that read; others stay', () => {
  const layers = withNew([dense, dense], 'add', 2);
  expect(layers).toEqual([dense, { ...dense, name: 'layer2' }, { kind: 'add', from: ['layer2', 'input'] }]);
  expect(withSetting(layers, 1, 'name', 'branch')[2]).toEqual({ kind: 'add', from: ['branch', 'input'] });
  expect(withName(layers, 0)[1]).toBe('layer1');
  expect(moved(layers, 2, 0)[0].kind).toBe('add');
  expect(withoutLayer(layers, 0)).toHaveLength(2);
  expect(withSetting([dense], 0, 'units', undefined)).toEqual([{ kind: 'dense', activation: 'relu' }]);
});

test('rows tell what is added by the task and the data, and each problem at its layer', () => {
  const facts = { task: 'classification', inputs: 64, shape: [8, 8, 1], outputs: 10, rows: 100 } as const;
  const { rows, totals } = networkOf(facts, [dense], 32);
  expect(rows.map(({ layer, own }) => [layer.kind, own])).toEqual([
    ['flatten', undefined],
    ['dense', 0],
    ['dense', undefined],
  ]);
  expect(totals?.parameters).toBe(64 * 8 + 8 + 8 * 10 + 10);
  const wrong = networkOf(
    facts,
    [
      { kind: 'conv2d', filters: 2, kernel: [9, 9], activation: 'relu' },
      { ...dense, units: -1 },
    ],
    32,
  );
  expect(wrong.totals).toBeUndefined();
  expect(wrong.rows.map(({ problems }) => problems.length)).toEqual([1, 0, 1, 0]);
});

test('text goes out as a training spec and comes in from that, from a model and from a list; a slip is told by its path', () => {
  const spec = { layers: [dense], batchSize: 16 };
  expect(readSpecText(textOf('kind', spec, 'schemas/training-spec.json'), 'x.json')).toEqual(spec);
  expect(readSpecText(JSON.stringify([dense]), 'x.json')).toEqual({ layers: [dense] });
  const last = { kind: 'dense', units: 2, activation: 'linear' };
  expect(readSpecText(JSON.stringify({ inputs: 4, layers: [dense, last], loss: 'huber' }), 'x.json')).toEqual({ layers: [dense] });
  const slip = JSON.stringify({ layers: [dense, { ...dense, units: 'many' }] });
  expect(() => readSpecText(slip, 'x.json')).toThrow('"x.json": The training-spec is not valid at "layers.1.units": expected a');
  expect(() => readSpecText('{', 'x.json')).toThrow('"x.json" is not JSON');
  expect(() => readSpecText('{}', 'x.json')).toThrow('"layers"');
});

test('in the picture no boxes overlap, arrows go down, and what is read from afar passes by the boxes between', () => {
  const names = withNew([{ ...dense, name: 'start' }, dense, { ...dense, name: 'branch' }], 'add', 3);
  const layers = withSetting(names, 3, 'from', ['start', 'branch']) as unknown as LayerSpec[];
  const { layers: described } = inspectModel({ inputs: 8, layers, loss: 'huber' });
  const { boxes, arrows, width } = layoutOf(described.map(({ reads }) => reads));
  for (const [index, box] of boxes.entries()) {
    expect(box.x - boxWidth / 2).toBeGreaterThanOrEqual(0);
    expect(box.x + boxWidth / 2).toBeLessThanOrEqual(width);
    for (const other of boxes.slice(index + 1)) {
      expect(Math.abs(box.x - other.x) >= boxWidth || Math.abs(box.y - other.y) >= boxHeight).toBe(true);
    }
  }
  for (const { points } of arrows) for (const [index, { y }] of points.slice(1).entries()) expect(y).toBeGreaterThan(points[index].y);
  const far = arrows.find(({ from, to }) => from === 0 && to === 3);
  expect(far?.points).toHaveLength(4);
  for (const { x, y } of far?.points.slice(1, -1) ?? []) {
    const beside = boxes.filter((box) => box.y === y);
    expect(beside.every((box) => Math.abs(box.x - x) > boxWidth / 2)).toBe(true);
  }
});
