/**
 * A controller that loads something from a service and loads it again when the records behind it change, here or in
 * another tab. A load that was overtaken is dropped; what was there stays in sight until the newer one has arrived.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { RecordKind } from '../../storage/store.js';
import type { StorageService } from './storage.js';

export interface LiveOptions<Value> {
  load: () => Promise<Value>;
  kinds: readonly RecordKind[];
  storage: () => StorageService;
}

export class Live<Value> implements ReactiveController {
  value: Value | undefined;
  problem: unknown;
  readonly #host: ReactiveControllerHost;
  readonly #options: LiveOptions<Value>;
  #load = 0;
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, options: LiveOptions<Value>) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    this.#stop = this.#options.storage().watch((kinds) => {
      if (kinds.some((kind) => this.#options.kinds.includes(kind))) void this.reload();
    });
    void this.reload();
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#load += 1;
  }

  async reload(): Promise<void> {
    this.#load += 1;
    const load = this.#load;
    try {
      const value = await this.#options.load();
      if (load !== this.#load) return;
      this.value = value;
      this.problem = undefined;
    } catch (thrown) {
      if (load !== this.#load) return;
      this.problem = thrown;
    }
    this.#host.requestUpdate();
  }
}
