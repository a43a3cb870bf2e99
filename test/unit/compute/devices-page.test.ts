/** docs/devices.md is written by `npm run devices`; this says when that is due again. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { deviceNames } from '../../../src/spec/device-name.js';
import { activations, LayerSpec } from '../../../src/spec/layer.js';
import { losses } from '../../../src/spec/model.js';
import { optimizers } from '../../../src/spec/optimisation.js';

const page = readFileSync(new URL('../../../docs/devices.md', import.meta.url), 'utf8');
const layers = LayerSpec.def.options.map(({ def }) => [...def.shape.kind.def.values][0]);

test.each([...layers, ...activations, ...losses, ...optimizers])('docs/devices.md has a row for %s', (item) => {
  expect(page).toContain(`\n| ${item} |`);
});

test.each(deviceNames)('docs/devices.md has a column for %s', (device) => {
  expect(page).toMatch(new RegExp(`^\\| layer \\|.*\\b${device}\\b`, 'm'));
});
