/** Looking whether everything that is kept is whole, as the page follows it. */
import type { ProjectProgress } from '../../storage/bundle/project.js';
import type { Damage } from '../../storage/damage.js';
import type { Inventory } from '../../storage/inventory/inventory.js';
import { ProjectJob } from './project-jobs.js';

export class CheckJob extends ProjectJob<ProjectProgress, Damage[]> {
  readonly title = 'Checking what is kept';
  readonly #inventory: Inventory;

  constructor(inventory: Inventory) {
    super();
    this.#inventory = inventory;
  }

  protected override start(signal: AbortSignal): AsyncGenerator<ProjectProgress, Damage[]> {
    return this.#inventory.check(signal);
  }
}
