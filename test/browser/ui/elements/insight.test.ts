/** What is seen of a training: by the keyboard, in words beside the pictures, and in the right places of the pictures. */
import { html } from 'lit';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../../../src/ui/elements/followed-examples.js';
import '../../../../src/ui/elements/tensor-spread.js';
import type { FollowedExamples } from '../../../../src/ui/elements/followed-examples.js';
import type { HeatMap } from '../../../../src/ui/elements/heat-map.js';
import type { TensorSpread } from '../../../../src/ui/elements/tensor-spread.js';
import { mount, within } from '../mount.js';
import { insight } from '../records.js';

const cells = (element: TensorSpread): string[][] =>
  [...(element.shadowRoot?.querySelectorAll('tbody tr') ?? [])].map((row) => [...row.children].map((cell) => cell.textContent ?? ''));

test('the arrow keys go from epoch to epoch, and the table says its figures', async () => {
  const element = await mount<TensorSpread>(html`<bw-tensor-spread .insight=${insight}></bw-tensor-spread>`);
  within<HTMLDetailsElement>(element, 'details').open = true;
  expect(cells(element)).toEqual([
    ['1 dense weights', '8', '3', '0.02', '0.0 %', '0.0 %'],
    ['1 dense bias', '4', '0.1', 'not finite', '25.0 %', '50.0 %'],
  ]);
  await expect.element(page.getByText('50.0 % in layer 1')).toBeVisible();
  within(element, '.maps').focus();
  await userEvent.keyboard('{ArrowLeft}');
  await expect.element(page.getByText('Epoch 1.', { exact: true })).toBeInTheDocument();
  expect(cells(element)[0][2]).toBe('1.5');
  await expect.element(page.getByText('in layer 1')).not.toBeInTheDocument();
  await userEvent.keyboard('{ArrowLeft}{End}');
  await expect.element(page.getByText('Epoch 2.', { exact: true })).toBeInTheDocument();
});

test('a map has a column for each epoch, with what is positive above the middle', async () => {
  const element = await mount<TensorSpread>(html`<bw-tensor-spread .insight=${insight}></bw-tensor-spread>`);
  const map = within<HeatMap>(element, 'bw-heat-map');
  await map.updateComplete;
  const canvas = within<HTMLCanvasElement>(map, 'canvas');
  expect([canvas.width, canvas.height]).toEqual([2, 29]);
  const filled = (column: number): number[] => {
    const { data } = canvas.getContext('2d')!.getImageData(column, 0, 1, 29);
    return Array.from({ length: 29 }, (_, row) => row).filter((row) => data[4 * row + 3] > 0);
  };
  // Bins 10 and 54 lie 22 steps below and above the middle: of 22 steps 14 are drawn.
  expect(filled(1)).toEqual([0, 28]);
  await userEvent.click(page.getByLabelText('Gradients'));
  await element.updateComplete;
  await map.updateComplete;
  // The largest of all gradients is 32 steps out, so that 11 and 12 below the middle are in the middle.
  expect(filled(1)).toEqual([14]);
});

test('answers are those of the epoch that is chosen, and the newest where none is', async () => {
  const latest = { epoch: 3, answers: [{ answer: 2, probability: 0.5, ofTruth: 0.3 }, insight.epochs[0].answers[1]] };
  const element = await mount<FollowedExamples>(
    html`<bw-followed-examples .insight=${insight} .latest=${latest} .rows=${[undefined, undefined]} target="species"></bw-followed-examples>`,
  );
  const answers = (): string[] =>
    [...(element.shadowRoot?.querySelectorAll('tbody td:nth-child(2)') ?? [])].map((cell) => cell.textContent ?? '');
  expect(answers()).toEqual(['✗ Chinstrap, 50.0 %', '✓ right, 90.0 %']);
  within<HTMLInputElement>(element, 'input').focus();
  await userEvent.keyboard('{Home}');
  expect(answers()).toEqual(['✓ right, 70.0 %', '✓ right, 90.0 %']);
  await userEvent.keyboard('{ArrowRight}');
  expect(answers()[0]).toBe('✗ Gentoo, 70.0 %');
});

test('the epoch that is looked at stays the same when earlier ones are kept no more', async () => {
  const epochs = Array.from({ length: 6 }, (_, at) => ({ ...insight.epochs[0], epoch: at + 1 }));
  const thinned = { ...insight, every: 2, epochs: epochs.filter(({ epoch }) => epoch % 2 === 1) };
  const element = await mount<FollowedExamples>(
    html`<bw-followed-examples .insight=${{ ...insight, epochs }} .rows=${[undefined, undefined]} target="species"></bw-followed-examples>`,
  );
  within<HTMLInputElement>(element, 'input').focus();
  await userEvent.keyboard('{Home}{ArrowRight}{ArrowRight}');
  await expect.element(page.getByText('Epoch 3 of 6')).toBeVisible();
  element.insight = thinned;
  await expect.element(page.getByText('Epoch 3 of 5')).toBeVisible();
});

test('before the first epoch both say so', async () => {
  await mount(html`<bw-tensor-spread .insight=${{ ...insight, epochs: [] }}></bw-tensor-spread>`);
  await expect.element(page.getByText('Nothing was seen yet', { exact: false })).toBeVisible();
  await mount(html`<bw-followed-examples .insight=${{ ...insight, epochs: [] }}></bw-followed-examples>`);
  await expect.element(page.getByText('The first answers come', { exact: false })).toBeVisible();
});
