/** The figures of a training that may be set by hand. Left empty, each is decided from the data. */
import { html, type TemplateResult } from 'lit';
import type { TrainingSpec } from '../../spec/training.js';

type NumberName = 'epochs' | 'batchSize' | 'learningRate' | 'patience' | 'weightDecay' | 'seed';

/** What is decided where nothing is filled in. */
export type AutomaticValues = Partial<Record<NumberName, number>>;

interface NumberOption {
  name: NumberName;
  title: string;
  hint: string;
  minimum: number;
  maximum: number;
  step: number | 'any';
}

export const numberOptions: readonly NumberOption[] = [
  { name: 'epochs', title: 'Epochs, at most', hint: 'Times through the training rows.', minimum: 1, maximum: 100_000, step: 1 },
  { name: 'batchSize', title: 'Batch size', hint: 'Rows for one step.', minimum: 1, maximum: 65_536, step: 1 },
  { name: 'learningRate', title: 'Learning rate', hint: 'Smaller is slower and steadier.', minimum: 0.000001, maximum: 10, step: 'any' },
  {
    name: 'patience',
    title: 'Early stopping',
    hint: 'Epochs without progress; 0 never stops early.',
    minimum: 0,
    maximum: 100_000,
    step: 1,
  },
  { name: 'weightDecay', title: 'Weight decay', hint: 'Larger keeps the model simpler.', minimum: 0, maximum: 10, step: 'any' },
  { name: 'seed', title: 'Seed', hint: 'The same seed gives the same result.', minimum: 0, maximum: 4_294_967_295, step: 1 },
];

export function numberOption({ name, title, hint, minimum, maximum, step }: NumberOption, automatic: AutomaticValues): TemplateResult {
  const value = automatic[name];
  return html`<label>${title}<input name=${name} type="number" inputmode="decimal" placeholder=${value === undefined ? 'automatic' : String(value)}
    min=${minimum} max=${maximum} step=${step} /><span class="hint">${hint}</span></label>`;
}

/** What was filled in. */
export function readNumbers(data: FormData): Partial<Pick<TrainingSpec, NumberName>> {
  const read: Partial<Pick<TrainingSpec, NumberName>> = {};
  for (const { name } of numberOptions) {
    const text = data.get(name);
    if (typeof text === 'string' && text !== '') read[name] = Number(text);
  }
  return read;
}
