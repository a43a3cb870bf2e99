/** docs/layers.md names every layer, and its networks are networks. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { graphOf } from '../../../src/compute/plan/graph.js';
import { LayerSpec } from '../../../src/spec/layer.js';
import { ModelSpec } from '../../../src/spec/model.js';
import { TrainingSpec } from '../../../src/spec/training.js';

const page = readFileSync(new URL('../../../docs/layers.md', import.meta.url), 'utf8');
const kinds = LayerSpec.def.options.map(({ def }) => [...def.shape.kind.def.values][0]);
const networks = [...page.matchAll(/^## (.+)\n[\s\S]*?```json\n([\s\S]*?)```/gm)].map(([, title, text]) => ({ title, text }));

test.each(kinds)('docs/layers.md has a row for %s', (kind) => {
  expect(page).toMatch(new RegExp(`^\\|[^|]*\`${kind}\`[^|]*\\|`, 'm'));
});

test.each(networks)('docs/layers.md: $title', ({ text }) => {
  const given = JSON.parse(text);
  if (given.target !== undefined) return void expect(TrainingSpec.parse(given)).toEqual(given);
  const model = ModelSpec.parse(given);
  expect(model).toEqual(given);
  expect(graphOf(model).at(-1)?.outputShape).toHaveLength(1);
});

test('docs/layers.md shows several networks', () => expect(networks.length).toBeGreaterThanOrEqual(4));
