/** What the trials of a sweep learn from: rows are prepared once for all presets that prepare them in the same way. */
import { embedsCategories, isTransfer } from '../../spec/preset.js';
import type { TrainingSpec } from '../../spec/training.js';
import type { Prepared } from '../prepare.js';

/** Trainings of equal answers share one preparation. */
export const preparationOf = (spec: TrainingSpec): string =>
  isTransfer(spec) ? 'transfer' : embedsCategories(spec) ? 'embeddings' : 'columns';

export class Preparations {
  readonly #prepare: (spec: TrainingSpec) => Promise<Prepared>;
  readonly #made = new Map<string, Promise<Prepared>>();

  /** @param prepare divides the same rows in the same way, whatever the preset */
  constructor(prepare: (spec: TrainingSpec) => Promise<Prepared>) {
    this.#prepare = prepare;
  }

  for(spec: TrainingSpec): Promise<Prepared> {
    const way = preparationOf(spec);
    const made = this.#made.get(way) ?? this.#prepare(spec);
    this.#made.set(way, made);
    return made;
  }
}
