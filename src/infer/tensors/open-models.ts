/** Models that stay open: those used last, each until who uses it has an answer. */
import { untilAborted } from '../../base/abort.js';
import type { ProviderChoice } from '../onnx/choose.js';
import type { Provider } from '../onnx/runtime.js';
import type { TensorPredictor } from './predictor.js';

/** Each holds its weights a second time. */
const mostOpen = 2;

export interface OpenPredictor {
  predictor: TensorPredictor;
  choice: ProviderChoice;
}

export interface Use {
  id: string;
  provider?: Provider | undefined;
  open(): Promise<OpenPredictor>;
  signal?: AbortSignal | undefined;
}

interface Open {
  key: string;
  id: string;
  model: Promise<OpenPredictor>;
  users: number;
}

export class OpenModels {
  /** By model and provider, the least recently used first. */
  readonly #open = new Map<string, Open>();

  /** Opens it where it is not open. @throws as opening and `work` do; AbortError */
  async use<Result>({ signal, ...wanted }: Use, work: (opened: OpenPredictor) => Promise<Result>): Promise<Result> {
    const open = this.#mostRecent(wanted);
    open.users += 1;
    try {
      return await work(await untilAborted(signal, open.model));
    } finally {
      open.users -= 1;
      if (this.#open.get(open.key) === open) this.#trim();
      else void this.#end(open);
    }
  }

  close(id: string): void {
    for (const open of this.#open.values()) if (open.id === id) void this.#end(open);
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.#open.values()].map((open) => this.#end(open)));
  }

  /** What cannot be opened is tried anew the next time. */
  #mostRecent({ id, provider, open: openAnew }: Use): Open {
    const key = `${id}/${provider ?? 'auto'}`;
    const known = this.#open.get(key);
    const open = known ?? { key, id, model: openAnew(), users: 0 };
    this.#open.delete(key);
    this.#open.set(key, open);
    if (!known) open.model.catch(() => this.#forget(open));
    return open;
  }

  #trim(): void {
    const idle = [...this.#open.values()].filter(({ users }) => users === 0);
    for (const open of idle.slice(0, Math.max(0, this.#open.size - mostOpen))) void this.#end(open);
  }

  /** What is in use is closed by who uses it last. */
  async #end(open: Open): Promise<void> {
    this.#forget(open);
    if (open.users === 0) await open.model.then(({ predictor }) => predictor.dispose()).catch(() => undefined);
  }

  #forget(open: Open): void {
    if (this.#open.get(open.key) === open) this.#open.delete(open.key);
  }
}
