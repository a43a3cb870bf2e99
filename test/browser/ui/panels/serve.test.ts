/** A deployment's versions, over the real service: labels moved, and what is refused said where it was asked for. */
import { html } from 'lit';
import { expect, test } from 'vitest';
import { createDeployments } from '../../../../src/serve/create-deployments.js';
import type { DeploymentRecord } from '../../../../src/spec/deployment.js';
import { createMemoryStore } from '../../../../src/storage/memory.js';
import { deploymentsContext } from '../../../../src/ui/contexts/services.js';
import '../../../../src/ui/panels/serve/deployed-versions.js';
import { expectAccessible } from '../accessible.js';
import { framed } from '../frame.js';
import { within } from '../mount.js';

const record: DeploymentRecord = {
  kind: 'deployment',
  id: 'penguins',
  created: 1,
  versions: [
    { version: 1, model: 'a', created: 1, loaded: true },
    { version: 2, model: 'b', created: 2, loaded: true },
  ],
  next: 3,
  labels: [{ label: 'stable', version: 1 }],
};

test('a label is pointed at a version, and a version that has one is not unloaded', async () => {
  const store = createMemoryStore();
  await store.commit({ put: [record] });
  const deployments = createDeployments(store);
  const statuses = [
    { version: '1', state: 'AVAILABLE', status: { error_code: 'OK', error_message: '' } },
    { version: '2', state: 'END', status: { error_code: 'UNKNOWN', error_message: 'Its weights are gone.' } },
  ];
  const draw = async () => {
    const frame = await framed(
      html`<bw-deployed-versions .deployment=${record} .lineage=${[]} .statuses=${statuses}></bw-deployed-versions>`,
      [[deploymentsContext, deployments]],
    );
    return within(frame, 'bw-deployed-versions');
  };
  await expectAccessible(draw);
  const card = await draw();
  const [newest, oldest] = [...(card.shadowRoot?.querySelectorAll('tbody tr') ?? [])];
  expect([newest.textContent, oldest.textContent]).toEqual([
    expect.stringContaining('version 2 cannot be loaded'),
    expect.stringMatching(/version 1 answers\s+stable/),
  ]);
  within<HTMLInputElement>(card, 'input[name=label]').value = 'canary';
  within(card, 'form button').click();
  await expect
    .poll(async () => (await deployments.get('penguins')).labels.map(({ label, version }) => `${label} ${version}`))
    .toEqual(['stable 1', 'canary 2']);
  [...oldest.querySelectorAll('button')].find(({ textContent }) => textContent === 'Unload')?.click();
  await expect
    .poll(() => card.shadowRoot?.querySelector<HTMLElement & { message: string }>('bw-notice')?.message)
    .toMatch(/the label "stable" points at/);
});
