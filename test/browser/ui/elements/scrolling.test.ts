/** What is scrolled within an element makes the document no wider, what is said to those who cannot see it neither. */
import { html, type TemplateResult } from 'lit';
import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import '../../../../src/ui/elements/correlation-map.js';
import '../../../../src/ui/elements/missing-map.js';
import { mount } from '../mount.js';

const { innerWidth, innerHeight } = window;
afterEach(() => page.viewport(innerWidth, innerHeight));

const names = Array.from({ length: 20 }, (_, column) => `column ${column}`);
const correlations = { columns: names, values: names.map(() => names.map(() => 0.5)) };
const missing = { completeRows: 1, patterns: [{ columns: names, rows: 2 }], exact: true };

test.each<[string, TemplateResult]>([
  ['a map of correlations', html`<bw-correlation-map .correlations=${correlations}></bw-correlation-map>`],
  ['a map of what is missing', html`<bw-missing-map .missing=${missing}></bw-missing-map>`],
])('%s', async (_, element) => {
  await page.viewport(360, 780);
  await mount(element);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
});
