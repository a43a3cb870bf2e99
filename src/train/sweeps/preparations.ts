/** What the trials of a sweep learn from: rows are prepared once for all presets that prepare them in the same way. */
import { columnWishes, isTransfer } from '../../spec/preset.js';
import type { TrainingSpec } from '../../spec/training.js';
import type { Prepared } from '../prepare.js';

/** Trainings of equal answers share one preparation. */
export function preparationOf(spec: TrainingSpec): string {
  const { embeds, tokens } = columnWishes(spec);
  if (isTransfer(spec)) return 'transfer';
  return embeds ? 'embeddings' : tokens ? 'tokens' : 'columns';
}

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
