/** Divergence without infinite numbers: a loss that stays far above both its start and what knowing nothing costs. */

import { logarithm } from '../base/elementary.js';
import { outputWidth } from '../compute/plan/parameters.js';
import type { ModelSpec } from '../spec/model.js';

/** Steps whose median counts: single batches may be as bad as they like. */
const window = 25;
/** How many times larger it has to be: what a warm-up throws it to, it comes back from. */
const factor = 10;

export class RunawayLoss {
  readonly #recent: number[] = [];
  readonly #trivial: number;
  #start: number | undefined;

  constructor(model: ModelSpec) {
    // Of even odds over the classes; of the mean of standardised targets; of even odds for each label, about.
    this.#trivial = model.loss === 'softmaxCrossEntropy' ? logarithm(outputWidth(model)) : 1;
  }

  /** Takes the losses of some steps, in order; true once they have run away. */
  record(losses: Iterable<number>): boolean {
    for (const loss of losses) {
      this.#recent.push(loss);
      if (this.#recent.length > window) this.#recent.shift();
      if (this.#start === undefined && this.#recent.length === window) this.#start = this.#median();
    }
    return this.#start !== undefined && this.#median() > factor * Math.max(this.#start, this.#trivial);
  }

  #median(): number {
    return this.#recent.toSorted((one, other) => one - other)[window >> 1];
  }
}
