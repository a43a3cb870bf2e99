/** An experiment on a deployment, over the real services: planned in the form, begun, looked at while it runs, and stopped. */
import { html, type TemplateResult } from 'lit';
import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { createDeployments } from '../../../../src/serve/create-deployments.js';
import { createExperiments } from '../../../../src/serve/experiment/create.js';
import type { DeploymentRecord } from '../../../../src/spec/deployment.js';
import { createMemoryStore } from '../../../../src/storage/memory.js';
import { deploymentsContext, experimentsContext } from '../../../../src/ui/contexts/services.js';
import '../../../../src/ui/panels/experiments/experiment-panel.js';
import '../../../../src/ui/panels/experiments/experiments-panel.js';
import { expectAccessible } from '../accessible.js';
import { framed } from '../frame.js';

const record: DeploymentRecord = {
  kind: 'deployment',
  id: 'penguins',
  created: 1,
  versions: [1, 2, 3].map((version) => ({ version, model: `model ${version}`, created: version, loaded: version !== 2 })),
  next: 4,
  labels: [],
};

afterEach(() => {
  location.hash = '';
});

test('callers are divided among the loaded versions, and the log is compared until it is stopped', async () => {
  const store = createMemoryStore();
  await store.commit({ put: [record] });
  const deployments = createDeployments(store);
  const experiments = createExperiments({ store });
  const services: Parameters<typeof framed>[1] = [
    [deploymentsContext, deployments],
    [experimentsContext, experiments],
  ];
  /** Once it has read what there is. */
  const face = async (panel: TemplateResult): Promise<HTMLElement> => {
    const frame = await framed(panel, services);
    await expect.poll(() => frame.shadowRoot?.firstElementChild?.shadowRoot?.querySelector('.page')).toBeTruthy();
    return frame;
  };
  const list = () => face(html`<bw-experiments-panel></bw-experiments-panel>`);
  await expectAccessible(list);
  const all = await list();
  await expect.element(page.getByText('It takes 7,682 units (3,841 and 3,841)')).toBeVisible();
  await page.getByLabelText('Event that is told of an answer').fill('returned');
  await page.getByRole('button', { name: 'Divide callers and begin' }).click();
  await expect.poll(() => location.hash).toMatch(/^#\/experiments\/./);
  const { traffic } = await deployments.get('penguins');
  expect(traffic?.arms.map(({ name, version, weight }) => [name, version, weight])).toEqual([
    ['control', 1, 50],
    ['treatment', 3, 50],
  ]);

  all.remove();
  const id = location.hash.slice('#/experiments/'.length);
  const one = () => face(html`<bw-experiment-panel item=${id}></bw-experiment-panel>`);
  await expectAccessible(one);
  await one();
  await expect.element(page.getByRole('heading', { name: 'penguins: returned' })).toBeVisible();
  await expect.element(page.getByText('Simulated', { exact: true })).not.toBeInTheDocument();
  await page.getByRole('button', { name: 'Stop' }).click();
  // Nobody tells this page of changes: it looks again by itself.
  await expect.element(page.getByText('stopped', { exact: true }), { timeout: 15_000 }).toBeVisible();
  expect((await experiments.get(id)).status).toBe('stopped');
});
