/** The main job through the public interface, the same in Node, in a page and in a worker. */
import type { Source } from '../../../src/data/source.js';
import type { Workbench } from '../../../src/host/workbench.js';
import type { ModelRecord } from '../../../src/spec/trained.js';
import type { TrainingEvent } from '../../../src/train/trainer.js';

/** Runs a generator to its end: what it yielded, and its result. */
export async function finish<Event, Result>(work: AsyncGenerator<Event, Result>): Promise<{ events: Event[]; result: Result }> {
  const events: Event[] = [];
  for (;;) {
    const step = await work.next();
    if (step.done) return { events, result: step.value };
    events.push(step.value);
  }
}

export interface Trained {
  dataset: string;
  model: ModelRecord;
  events: TrainingEvent[];
}

/** Imports iris, by default the built-in table, and trains on it for three epochs on wasm. */
export async function trainIris(
  { datasets, trainer, models }: Workbench,
  source: Source = { kind: 'builtin', name: 'iris' },
): Promise<Trained> {
  const { result: dataset } = await finish(datasets.import(source));
  const spec = { target: 'species', preset: 'mlp', epochs: 3, seed: 7, device: 'wasm' } as const;
  const { events, result: run } = await finish(trainer.train({ dataset: dataset.id, spec }));
  if (run.modelId === undefined) throw new Error('The run has no model.');
  return { dataset: dataset.id, model: await models.get(run.modelId), events };
}

/** A flower that no model takes for another kind. */
export const setosa = { sepal_length: 5, sepal_width: 3.4, petal_length: 1.5, petal_width: 0.2 };
