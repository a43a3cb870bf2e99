/** Keeps a registry at what the deployments in a store say, while they change. */
import { anyModel } from '../infer/any-model.js';
import type { AnyModelRecord } from '../infer/models.js';
import type { DeploymentRecord } from '../spec/deployment.js';
import type { LogSettings } from '../spec/prediction-log.js';
import type { Store } from '../storage/store.js';
import type { Metrics } from './metrics.js';
import type { Registry } from './registry.js';
import type { ServingParts } from './served-model.js';
import type { Traffic } from './traffic/traffic.js';

export interface FollowedParts {
  store: Store;
  registry: Registry;
  metrics: Metrics;
  /** Of every model. */
  serving: ServingParts;
  /** Divided as the deployments say. */
  traffic?: Traffic;
}

export class FollowedDeployments {
  readonly #parts: FollowedParts;
  /** What was last asked of each version, so that one that cannot be loaded is not tried again and again. */
  readonly #asked = new Map<string, boolean>();
  /** The division that was last set, as text. */
  readonly #divided = new Map<string, string>();
  readonly #logs = new Map<string, LogSettings>();
  #changes = 0;
  #settled: Promise<unknown> = Promise.resolve();
  readonly #stop: () => void;

  constructor(parts: FollowedParts) {
    this.#parts = parts;
    this.#stop = parts.store.watch((kinds) => {
      if (kinds.includes('deployment')) void this.refresh();
    });
    void this.refresh();
  }

  /** Settles when what was known of is done. */
  get settled(): Promise<unknown> {
    return this.#settled;
  }

  /** What is kept of what a deployment is asked. */
  log(name: string): LogSettings | undefined {
    return this.#logs.get(name);
  }

  /** How often something has changed so far: whoever asks the registry and finds nothing knows by it whether to ask again. */
  get changes(): number {
    return this.#changes;
  }

  /**
   * Answers whether anything has changed since, by this or by a refresh that was under way. Never fails: what cannot be loaded says so as its
   * version's problem.
   */
  refresh(since = this.#changes): Promise<boolean> {
    const done = this.#settled.then(() => this.#follow()).catch(() => undefined);
    this.#settled = done;
    return done.then(() => this.#changes > since);
  }

  close(): void {
    this.#stop();
  }

  async #follow(): Promise<void> {
    const { registry, store } = this.#parts;
    const records = (await store.list('deployment')).filter(({ deleted }) => deleted === undefined);
    let changed = false;
    for (const record of records) changed = (await this.#bring(record)) || changed;
    this.#divide(records);
    const wanted = new Set(records.flatMap(({ id, versions }) => versions.map(({ version }) => keyOf(id, version))));
    for (const name of registry.names) {
      for (const { version } of registry.versions(name)) {
        if (wanted.has(keyOf(name, version))) continue;
        await registry.remove(name, version);
        this.#asked.delete(keyOf(name, version));
        changed = true;
      }
    }
    if (changed) this.#changes += 1;
  }

  #divide(records: readonly DeploymentRecord[]): void {
    const { traffic } = this.#parts;
    this.#logs.clear();
    for (const { id, log } of records) if (log) this.#logs.set(id, log);
    const wanted = new Map(records.flatMap(({ id, traffic: spec }) => (spec ? [[id, spec] as const] : [])));
    for (const name of this.#divided.keys()) {
      if (wanted.has(name)) continue;
      traffic?.remove(name);
      this.#divided.delete(name);
    }
    for (const [name, spec] of wanted) {
      const text = JSON.stringify(spec);
      if (this.#divided.get(name) === text) continue;
      traffic?.set(name, spec);
      this.#divided.set(name, text);
    }
  }

  async #bring(record: DeploymentRecord): Promise<boolean> {
    const { store } = this.#parts;
    let changed = false;
    for (const { version, model, loaded } of record.versions) {
      const key = keyOf(record.id, version);
      if (this.#asked.get(key) === loaded) continue;
      const known = this.#asked.has(key) || (await this.#add(record.id, version, await anyModel(store, model)));
      if (!known) continue;
      this.#asked.set(key, loaded);
      await this.#parts.registry[loaded ? 'load' : 'unload'](record.id, version).catch(() => undefined);
      changed = true;
    }
    return this.#point(record) || changed;
  }

  /** Answers whether its model is there. */
  async #add(name: string, version: number, model: AnyModelRecord | undefined): Promise<boolean> {
    if (!model) return false;
    const { registry, metrics, serving } = this.#parts;
    registry.add(name, version, model, { ...serving, told: (rows) => metrics.batch(name, rows) });
    return true;
  }

  #point({ id, labels }: DeploymentRecord): boolean {
    const { registry } = this.#parts;
    if (!registry.has(id)) return false;
    const loaded = new Set(registry.versions(id).flatMap(({ version, state }) => (state === 'AVAILABLE' ? [version] : [])));
    const wanted = new Map(labels.flatMap(({ label, version }) => (loaded.has(version) ? [[label, version]] : [])));
    const pointed = new Map(registry.labels(id));
    let changed = false;
    for (const label of pointed.keys()) {
      if (wanted.has(label)) continue;
      registry.unlabel(id, label);
      changed = true;
    }
    for (const [label, version] of wanted) {
      if (pointed.get(label) === version) continue;
      registry.label(id, label, version);
      changed = true;
    }
    return changed;
  }
}

const keyOf = (name: string, version: number): string => `${name}/${version}`;
