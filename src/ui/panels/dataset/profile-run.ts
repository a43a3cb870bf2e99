/** Drives the profile of a dataset for a panel: one at a time, newest target first, cancelled when the panel goes. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Datasets, ProfileProgress } from '../../../data/datasets.js';
import type { Profile } from '../../../spec/profile.js';
import { isCancelled } from '../../problem.js';

export class ProfileRun implements ReactiveController {
  /** The latest one: what is known stays in sight while another target is measured. */
  profile: Profile | undefined;
  progress: ProfileProgress | undefined;
  problem: unknown;
  state: 'idle' | 'working' | 'cancelled' | 'failed' | 'done' = 'idle';
  readonly #host: ReactiveControllerHost;
  readonly #datasets: () => Datasets;
  #asked = '';
  #abort: AbortController | undefined;

  constructor(host: ReactiveControllerHost, datasets: () => Datasets) {
    this.#host = host;
    this.#datasets = datasets;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#abort?.abort();
    this.#asked = '';
  }

  /** Measures, unless that is what was asked last. */
  want(dataset: { id: string; hash: string }, target: string): void {
    const asked = `${dataset.id} ${dataset.hash} ${target}`;
    if (asked === this.#asked) return;
    if (!this.#asked.startsWith(`${dataset.id} ${dataset.hash} `)) this.profile = undefined;
    this.#asked = asked;
    void this.#run(dataset.id, target);
  }

  cancel(): void {
    this.#abort?.abort();
  }

  /** Measures again what was cancelled or failed. */
  again(dataset: { id: string; hash: string }, target: string): void {
    this.#asked = '';
    this.want(dataset, target);
  }

  async #run(id: string, target: string): Promise<void> {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    const set = (change: Partial<Pick<ProfileRun, 'profile' | 'progress' | 'problem' | 'state'>>): void => {
      if (this.#abort !== abort) return;
      Object.assign(this, change);
      this.#host.requestUpdate();
    };
    set({ state: 'working', progress: undefined, problem: undefined });
    try {
      const events = this.#datasets().profile(id, target === '' ? {} : { target }, abort.signal);
      for (let next = await events.next(); ; next = await events.next()) {
        if (next.done) {
          set({ state: 'done', profile: next.value, progress: undefined });
          return;
        }
        set({ progress: next.value });
      }
    } catch (thrown) {
      set(isCancelled(thrown) ? { state: 'cancelled' } : { state: 'failed', problem: thrown });
    }
  }
}
