import { html } from 'lit';
import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import '../../../../src/ui/elements/runs-table.js';
import type { RunsTable } from '../../../../src/ui/elements/runs-table.js';
import { mount, within } from '../mount.js';
import { run } from '../records.js';

const { innerWidth, innerHeight } = window;
afterEach(() => page.viewport(innerWidth, innerHeight));

const interrupted = {
  ...run,
  id: 'run-2',
  status: 'interrupted' as const,
  scores: undefined,
  checkpoint: { epoch: 3 } as NonNullable<typeof run.checkpoint>,
};

test('on a phone name, state, score and actions are in sight without scrolling to the side', async () => {
  await page.viewport(390, 844);
  const table = await mount<RunsTable>(html`<bw-runs-table .runs=${[run, interrupted]}></bw-runs-table>`);
  const scroll = within(table, '.scroll');
  expect(scroll.scrollWidth).toBeLessThanOrEqual(scroll.clientWidth);
  for (const seen of [
    page.getByRole('link', { name: run.name }).first(),
    page.getByText('0.989'),
    page.getByText('finished'),
    page.getByText('interrupted'),
    page.getByRole('button', { name: 'Resume' }),
    page.getByRole('button', { name: `Delete ${run.name}` }).first(),
  ]) {
    await expect.element(seen).toBeVisible();
    expect(seen.element().getBoundingClientRect().right).toBeLessThanOrEqual(390);
  }
});
