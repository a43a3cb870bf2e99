/** What is kept of a deployment's requests, over the real services: settings with what they mean, rows counted as they come, deleted after a question. */
import { html } from 'lit';
import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { createDeployments } from '../../../../src/serve/create-deployments.js';
import { createLogs } from '../../../../src/serve/log/create.js';
import { PredictionLog } from '../../../../src/serve/log/prediction-log.js';
import type { DeploymentRecord } from '../../../../src/spec/deployment.js';
import { createMemoryStore } from '../../../../src/storage/memory.js';
import { deploymentsContext, logsContext } from '../../../../src/ui/contexts/services.js';
import { storageContext } from '../../../../src/ui/contexts/storage.js';
import '../../../../src/ui/panels/serve/log-card.js';
import { expectAccessible } from '../accessible.js';
import { framed } from '../frame.js';
import { numberField } from '../records.js';

const record: DeploymentRecord = {
  kind: 'deployment',
  id: 'penguins',
  created: 1,
  versions: [{ version: 1, model: 'a', created: 1, loaded: true }],
  next: 2,
  labels: [],
};

async function place(log?: DeploymentRecord['log']) {
  const store = createMemoryStore();
  await store.commit({ put: [log ? { ...record, log } : record] });
  const [deployments, logs, written] = [createDeployments(store), createLogs(store), new PredictionLog({ store })];
  const asked = async (unit: string, rows = 1) => {
    const subject = { id: 'a', fields: [numberField], outputs: [{ name: 'prediction', kind: 'number' as const }] };
    written.add({
      ...{ id: unit, name: 'penguins', version: 1, subject, unit, latency: 1 },
      rows: new Array(rows).fill({ [numberField.name]: 1 }),
      served: { rows, columns: [{ name: 'prediction', values: new Array(rows).fill(2) }] },
    });
    await written.flush();
  };
  const storage = { usage: () => store.usage(), watch: store.watch.bind(store) };
  const draw = async () =>
    framed(html`<bw-log-card .deployment=${await deployments.get('penguins')}></bw-log-card>`, [
      [deploymentsContext, deployments],
      [logsContext, logs],
      [storageContext, storage],
    ]);
  return { deployments, logs, asked, draw };
}

const kept = page.getByLabelText('What is kept of each request');
const rows = () =>
  document.querySelector('test-frame')?.shadowRoot?.querySelector('bw-log-card')?.shadowRoot?.querySelector('dd')?.textContent;

test('what is kept is chosen with what it means, and what is refused stays as it was entered', async () => {
  const { deployments, draw } = await place();
  await expectAccessible(draw);
  await draw();
  await expect.element(page.getByText('Nothing is in the log.')).toBeVisible();
  await expect.element(page.getByText(/nothing stays but counts/)).toBeVisible();
  await kept.selectOptions('Answers, and inputs as SHA-256');
  await expect
    .element(page.getByText(/hides no input that can be guessed.*newest 100,000 rows of 30 days stay, and at most 256 MiB/))
    .toBeVisible();
  await page.getByLabelText('Days at most').fill('0');
  await page.getByRole('button', { name: 'Keep it from now on' }).click();
  await expect.element(page.getByRole('alert')).toHaveTextContent(/days/);
  await expect.element(page.getByLabelText('Days at most')).toHaveValue(0);
  await page.getByLabelText('Days at most').fill('7');
  await page.getByRole('button', { name: 'Keep it from now on' }).click();
  await expect.poll(async () => (await deployments.get('penguins')).log).toEqual({ inputs: 'hash', rows: 100_000, days: 7 });
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
  await expect.element(page.getByRole('button', { name: 'Keep it from now on' })).not.toBeInTheDocument();
  await expect.element(page.getByText(/^Nobody has asked since/)).toBeVisible();
});

test('rows are counted as they come, and go for one caller or for all', async () => {
  const { asked, draw } = await place({ inputs: 'values', rows: 1_000, days: 1 });
  await asked('ann', 2);
  await expectAccessible(async () => {
    const frame = await draw();
    await expect.poll(rows).toBe('2');
    return frame;
  });
  await draw();
  await expect.poll(rows).toBe('2');
  await asked('ben', 3);
  await expect.poll(rows).toBe('5');
  await page.getByText('Delete rows').click();
  await page.getByLabelText(/^Caller/).fill('ben');
  await page.getByRole('button', { name: 'Delete what this caller asked' }).click();
  await expect.element(page.getByRole('heading', { name: 'Delete what “ben” asked?' })).toBeVisible();
  await page.getByRole('button', { name: 'Keep it', exact: true }).click();
  expect(rows()).toBe('5');
  await page.getByRole('button', { name: 'Delete what this caller asked' }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect.poll(rows).toBe('2');
  await page.getByRole('button', { name: 'Delete the whole log' }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect.element(page.getByText(/^Nobody has asked since/)).toBeVisible();
});

test('a log that cannot be read says so, and is read again', async () => {
  const { logs, asked, draw } = await place({ inputs: 'none', rows: 10, days: 1 });
  await asked('ann');
  const failing = vi.spyOn(logs, 'get').mockRejectedValue(new Error('The disk is gone.'));
  await draw();
  await expect.element(page.getByRole('alert')).toHaveTextContent('The disk is gone.');
  failing.mockRestore();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(rows).toBe('1');
});
