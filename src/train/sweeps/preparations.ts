/** What the trials of a sweep learn from: columns are prepared once for all of them, or twice where presets prepare categories in different ways. */
import { embedsCategories } from '../../spec/preset.js';
import type { TrainingSpec } from '../../spec/training.js';
import type { Prepared } from '../prepare.js';

export class Preparations {
  readonly #prepare: (spec: TrainingSpec) => Promise<Prepared>;
  readonly #made = new Map<boolean, Promise<Prepared>>();

  /** @param prepare divides the same rows in the same way, whatever the preset */
  constructor(prepare: (spec: TrainingSpec) => Promise<Prepared>) {
    this.#prepare = prepare;
  }

  for(spec: TrainingSpec): Promise<Prepared> {
    const embeds = embedsCategories(spec);
    const made = this.#made.get(embeds) ?? this.#prepare(spec);
    this.#made.set(embeds, made);
    return made;
  }
}
