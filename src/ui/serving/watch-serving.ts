/** What is served at this moment, asked of the protocols themselves every few seconds while it is looked at. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { MirrorReport } from '../../serve/traffic/mirror.js';
import { Every } from '../every.js';
import { figuresOf, type ServedFigures } from './scraped.js';

/** One entry of TensorFlow Serving's `model_version_status`. */
export interface VersionStatus {
  version: string;
  state: string;
  status: { error_code: string; error_message: string };
}

/** `uncontrolled`: no service worker answers this page yet. `refused`: it answers that it cannot. */
export type ServingState = 'looking' | 'unsupported' | 'uncontrolled' | 'refused' | 'ready';

const pause = 2_000;

export class WatchServing implements ReactiveController {
  state: ServingState = 'looking';
  /** Why it is refused, in the protocol's words. */
  message = '';
  figures: ReadonlyMap<string, ServedFigures> = new Map();
  statuses: ReadonlyMap<string, readonly VersionStatus[]> = new Map();
  mirrors: ReadonlyMap<string, MirrorReport> = new Map();
  readonly #host: ReactiveControllerHost;
  readonly #names: () => readonly string[];
  readonly #mirrored: () => readonly string[];
  #looking: Promise<void> | undefined;

  /** @param names of the deployments whose versions are looked at; @param mirrored of those whose mirrors are as well */
  constructor(host: ReactiveControllerHost, names: () => readonly string[], mirrored: () => readonly string[] = () => []) {
    this.#host = host;
    this.#names = names;
    this.#mirrored = mirrored;
    host.addController(this);
    new Every(
      host,
      () => pause,
      () => this.look(),
    );
  }

  hostConnected(): void {
    void this.look();
  }

  /** One look at a time: an earlier answer does not come after a later one. */
  async look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    await this.#looking;
  }

  async #look(): Promise<void> {
    const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
    if (workers?.controller) await this.#ask();
    else this.state = workers ? 'uncontrolled' : 'unsupported';
    this.#host.requestUpdate();
  }

  async #ask(): Promise<void> {
    try {
      const metrics = await fetch(new URL('metrics', document.baseURI));
      if (!metrics.ok) {
        this.state = 'refused';
        this.message = ((await metrics.json()) as { error: string }).error;
        return;
      }
      this.figures = figuresOf(await metrics.text());
      const statuses = this.#names().map(async (name) => {
        const found = await told<{ model_version_status: VersionStatus[] }>(`v1/models/${name}`);
        return [name, found?.model_version_status ?? []] as const;
      });
      const mirrors = this.#mirrored().map(async (name) => {
        const found = await told<{ mirrored?: MirrorReport }>(`benchwright/models/${name}/traffic`);
        return found?.mirrored ? [[name, found.mirrored] as const] : [];
      });
      this.statuses = new Map(await Promise.all(statuses));
      this.mirrors = new Map((await Promise.all(mirrors)).flat());
      this.state = 'ready';
    } catch (thrown) {
      this.state = 'refused';
      this.message = thrown instanceof Error ? thrown.message : String(thrown);
    }
  }
}

/** Undefined where it is refused. */
async function told<Answer>(path: string): Promise<Answer | undefined> {
  const response = await fetch(new URL(path, document.baseURI));
  return response.ok ? ((await response.json()) as Answer) : undefined;
}
