/** A deployment's traffic, over the real service: who can be chosen and why not, what is refused, what is shown of it, and the way back. */
import { html } from 'lit';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { createDeployments } from '../../../../src/serve/create-deployments.js';
import type { MirrorReport } from '../../../../src/serve/traffic/mirror.js';
import type { DeploymentRecord } from '../../../../src/spec/deployment.js';
import { createMemoryStore } from '../../../../src/storage/memory.js';
import { deploymentsContext, experimentsContext } from '../../../../src/ui/contexts/services.js';
import type { TrafficCard } from '../../../../src/ui/panels/serve/traffic-card.js';
import '../../../../src/ui/panels/serve/traffic-card.js';
import { expectAccessible } from '../accessible.js';
import { framed } from '../frame.js';
import { within } from '../mount.js';

const record: DeploymentRecord = {
  kind: 'deployment',
  id: 'penguins',
  created: 1,
  versions: [1, 2, 3].map((version) => ({ version, model: `m${version}`, created: version, loaded: version !== 2 })),
  next: 4,
  labels: [{ label: 'stable', version: 1 }],
};
const divided: DeploymentRecord = {
  ...record,
  traffic: {
    arms: [
      { name: 'blue', version: 1, weight: 100 },
      { name: 'green', version: 2, weight: 0 },
    ],
    mirror: { version: 3, share: 20 },
    rollback: { to: 'blue', seconds: 60, requests: 20, errors: 0.1 },
    salt: 'tried',
  },
  events: [
    { time: 1, kind: 'set', by: 'caller', message: 'Callers are divided: 50% blue (version 1), 50% green (version 2).' },
    { time: 2, kind: 'rollback', by: 'errors', message: '6 of 20 requests failed.', to: 'blue', from: 'green' },
  ],
};
const mirrored: MirrorReport = { requests: 8, rows: 16, agreeing: 12, failures: 1, skipped: 0, differences: { mass: 3.25 }, latency: 4 };

async function place(given: DeploymentRecord) {
  const store = createMemoryStore();
  await store.commit({ put: [given] });
  const deployments = createDeployments(store);
  const experiments = { list: async () => [{ id: 'tried', name: 'Blue or green', status: 'running' }] };
  const draw = async () =>
    framed(html`<bw-traffic-card .deployment=${await deployments.get('penguins')} .mirrored=${mirrored}></bw-traffic-card>`, [
      [deploymentsContext, deployments],
      [experimentsContext, experiments],
    ]);
  return { deployments, draw };
}

test('versions that are not loaded cannot be chosen, and what is refused stays as it was entered', async () => {
  const { deployments, draw } = await place(record);
  const open = async () => {
    const frame = await draw();
    await page.getByText('Divide callers among versions').click();
    await page.getByLabelText(/^Send everybody back/).click();
    return frame;
  };
  await expectAccessible(open);
  const card = within<TrafficCard>(await open(), 'bw-traffic-card');
  await expect.element(page.getByText(/newest that is loaded, version 3, answers everybody/)).toBeVisible();
  const second = page.getByLabelText('Share of version 2, in percent');
  await expect.element(second).toBeDisabled();
  await expect.element(second).toHaveAccessibleDescription(/Version 2 is not loaded/);
  await expect.element(page.getByRole('option', { name: 'version 2 (not loaded)' })).toBeDisabled();
  await page.getByLabelText('Share of version 1, in percent').fill('40');
  await page.getByLabelText('Asked as well, after the answer').selectOptions('version 1');
  await page.getByRole('button', { name: 'Take the 40 from “stable”' }).click();
  expect(within<HTMLElement>(card, 'bw-traffic-form').shadowRoot?.activeElement?.textContent).toBe('Divide callers like this');
  await page.getByLabelText('Share of version 1, in percent').fill('40');
  await page.getByLabelText('Share of version 3, in percent').fill('60');
  await page.getByRole('button', { name: 'Divide callers like this' }).click();
  await expect.element(page.getByRole('alert')).toHaveTextContent(/Version 1 answers callers already/);
  await expect.element(page.getByLabelText('Share of version 1, in percent')).toHaveValue(40);
  await page.getByLabelText('Asked as well, after the answer').selectOptions('none');
  await page.getByRole('button', { name: 'Divide callers like this' }).click();
  await expect.element(page.getByText('Of all callers 40 % “stable” (version 1) and 60 % “v3” (version 3).')).toBeVisible();
  expect((await deployments.get('penguins')).traffic?.rollback).toEqual({ to: 'stable', seconds: 60, requests: 20, errors: 0.05 });
  expect(card.shadowRoot?.activeElement?.textContent).toBe('Traffic');
});

test('many versions that are not loaded are told of together', async () => {
  const versions = Array.from({ length: 8 }, (_, index) => ({ version: index + 1, model: 'm', created: 1, loaded: index > 5 }));
  const { draw } = await place({ ...record, versions, labels: [] });
  await draw();
  await page.getByText('Divide callers among versions').click();
  await expect.element(page.getByText('Nobody can be sent to the versions 1, 2, 3, 4, 5, 6: they are not loaded.')).toBeVisible();
  await expect.element(page.getByLabelText('Share of version 6, in percent')).not.toBeInTheDocument();
  await expect.element(page.getByLabelText('Share of version 8, in percent')).toHaveValue(100);
});

test('a division that is changed elsewhere does not take away what is being entered', async () => {
  const { deployments, draw } = await place(record);
  const card = within<TrafficCard>(await draw(), 'bw-traffic-card');
  await page.getByText('Divide callers among versions').click();
  await page.getByLabelText('Share of version 1, in percent').fill('25');
  card.deployment = await deployments.divide('penguins', { arms: [{ name: 'only', version: 1, weight: 100 }] }, 'bandit');
  await expect.element(page.getByText('The division has been changed meanwhile, above.')).toBeVisible();
  await expect.element(page.getByLabelText('Share of version 1, in percent')).toHaveValue(25);
  await page.getByRole('button', { name: 'Take over what holds now' }).click();
  await expect.element(page.getByLabelText('Name of version 1')).toHaveValue('only');
  await expect.element(page.getByText('The division has been changed meanwhile, above.')).not.toBeInTheDocument();
});

test('a rollback is told with its figures, a mirror beside what was answered, and an experiment by its name', async () => {
  const { deployments, draw } = await place(divided);
  await expectAccessible(draw);
  const card = within<TrafficCard>(await draw(), 'bw-traffic-card');
  const text = () => card.shadowRoot?.textContent?.replaceAll(/\s+/g, ' ') ?? '';
  await expect.element(page.getByRole('link', { name: 'Blue or green' })).toHaveAttribute('href', '#/experiments/tried');
  expect(within<HTMLElement & { message: string }>(card, 'bw-notice').message).toBe(
    'Rolled back from “green” to “blue”: 6 of 20 requests failed.',
  );
  expect(text()).toContain('answers that agree75.0 % (12 of 16)');
  expect(text()).toContain('mean difference of mass3.25');
  expect(text()).toMatch(
    /What was done ?Rolled back from “green” to “blue”.*by the rule about errors.*50% green \(version 2\)\. .* by hand/,
  );
  await expect.element(page.getByRole('button', { name: 'Roll back now' })).not.toBeInTheDocument();
  await page.getByRole('button', { name: 'Stop dividing' }).click();
  await expect.poll(async () => (await deployments.get('penguins')).traffic).toBeUndefined();
  expect(card.shadowRoot?.activeElement?.textContent).toBe('Traffic');
});
