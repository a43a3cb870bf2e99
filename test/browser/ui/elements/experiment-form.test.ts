/** What is filled in becomes an experiment's specification. */
import { html } from 'lit';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { ExperimentWish } from '../../../../src/ui/elements/experiment-form.js';
import '../../../../src/ui/elements/experiment-form.js';
import { expectAccessible } from '../accessible.js';
import { mount } from '../mount.js';

test('versions, metric and effect are told as they change, and once it begins', async () => {
  const [plans, begun]: ExperimentWish[][] = [[], []];
  const face = () =>
    mount<HTMLElement>(html`<bw-experiment-form .deployments=${[{ name: 'species', versions: [1, 2, 4] }]}
    @bw-plan=${(event: CustomEvent<ExperimentWish>) => plans.push(event.detail)}
    @bw-experiment=${(event: CustomEvent<ExperimentWish>) => begun.push(event.detail)}></bw-experiment-form>`);
  await expectAccessible(face);
  plans.length = 0;
  await face();
  expect(plans[0].spec).toMatchObject({ deployment: 'species', effect: 0.02, expected: { baseline: 0.1 }, bandit: false, guardrails: [] });
  await page.getByLabelText('Version 2').click();
  await page.getByLabelText('Units a day').fill('500');
  await page.getByLabelText('Slower by at most, in ms').fill('5');
  await page.getByLabelText(/CUPED/).click();
  await expect
    .poll(() => plans.at(-1))
    .toMatchObject({
      unitsPerDay: 500,
      spec: {
        arms: [
          { name: 'control', version: 1, weight: 50 },
          { name: 'treatment', version: 4, weight: 50 },
        ],
        guardrails: [{ column: 'latency', margin: 5 }],
        covariateDays: 14,
      },
    });
  await page.getByLabelText('Figure').selectOptions('Sum of a unit');
  await expect
    .poll(() => plans.at(-1)?.spec)
    .toMatchObject({ effect: 2, expected: { baseline: 10, deviation: 5 }, metric: { kind: 'mean' } });
  await page.getByRole('button', { name: 'Divide callers and begin' }).click();
  expect(begun).toEqual([plans.at(-1)]);
});

test('another deployment has all of its versions ticked, whatever was unticked of the last', async () => {
  const plans: ExperimentWish[] = [];
  const deployments = [
    { name: 'species', versions: [1, 2, 4] },
    { name: 'prices', versions: [1, 3] },
  ];
  await mount(
    html`<bw-experiment-form .deployments=${deployments} @bw-plan=${(event: CustomEvent<ExperimentWish>) => plans.push(event.detail)}></bw-experiment-form>`,
  );
  await page.getByLabelText('Version 2').click();
  await page.getByLabelText('Deployment').selectOptions('prices');
  await expect.poll(() => plans.at(-1)?.spec.deployment).toBe('prices');
  expect(plans.at(-1)?.spec.arms.map(({ version }) => version)).toEqual([1, 3]);
});
