import { expect, it } from 'vitest';
import { parseRoute } from '../../../src/ui/shell/routes.js';

it.each([
  ['', { panel: '', item: '', detail: '' }],
  ['#/', { panel: '', item: '', detail: '' }],
  ['#/models', { panel: 'models', item: '', detail: '' }],
  ['#/data/ab12', { panel: 'data/', item: 'ab12', detail: '' }],
  ['#/train/ab12/price%20%2F%20m%C2%B2', { panel: 'train/', item: 'ab12', detail: 'price / m²' }],
  ['#/data/%E0%A4%A', { panel: 'data/', item: '%E0%A4%A', detail: '' }],
])('%s', (hash, route) => expect(parseRoute(hash)).toEqual(route));
