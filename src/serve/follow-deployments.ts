/** Keeps a registry at what the deployments in a store say, while they change. */
import { anyModel } from '../infer/any-model.js';
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
  readonly #first: Promise<Turns>;
  #begin: (turns: Turns) => void = () => undefined;
  readonly #stop: () => void;

  constructor(parts: FollowedParts) {
    this.#parts = parts;
    this.#stop = parts.store.watch((kinds) => {
      if (kinds.includes('deployment')) void this.refresh();
    });
    this.#first = new Promise((resolve) => {
      this.#begin = resolve;
    });
    void this.refresh().then(() => this.#begin(new Map()));
  }

  /** Settles when what was known of is done. */
  get settled(): Promise<unknown> {
    return this.#settled;
  }

  /**
   * Settles when it is known what was deployed at first, and what of it has the name is loaded, as far as it can be. One model after the other is: what
   * takes its time holds up only what was deployed later.
   */
  async begun(name = ''): Promise<void> {
    await (await this.#first).get(name);
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
    for (const record of records) changed = (await this.#know(record)) || changed;
    const turns = new Map<string, Promise<boolean>>();
    let turn = Promise.resolve(changed);
    for (const record of records) {
      turn = turn.then(async (before) => (await this.#bring(record)) || before);
      turns.set(record.id, turn);
    }
    this.#begin(turns);
    changed = await turn;
    this.#forget(records);
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

  /** What is kept of what it is asked, and by whom its callers are answered. */
  #divide({ id, log, traffic: spec, events = [] }: Pick<DeploymentRecord, 'id' | 'log' | 'traffic' | 'events'>): void {
    const { traffic } = this.#parts;
    if (log) this.#logs.set(id, log);
    else this.#logs.delete(id);
    if (!spec) {
      traffic?.remove(id);
      this.#divided.delete(id);
      return;
    }
    const text = JSON.stringify(spec);
    // What is counted for a rule goes on where nothing has changed.
    if (this.#divided.get(id) !== text) traffic?.set(id, spec);
    this.#divided.set(id, text);
    traffic?.recall(id, events);
  }

  #forget(records: readonly DeploymentRecord[]): void {
    const there = new Set(records.map(({ id }) => id));
    for (const id of [...this.#logs.keys(), ...this.#divided.keys()]) if (!there.has(id)) this.#divide({ id });
  }

  /** Its versions, before any is loaded: whoever asks what there is hears of all. Answers whether one is new whose model is there. */
  async #know({ id, versions }: DeploymentRecord): Promise<boolean> {
    const { store, registry, metrics, serving } = this.#parts;
    let isNew = false;
    for (const { version, model: modelId } of versions) {
      const model = this.#asked.has(keyOf(id, version)) ? undefined : await anyModel(store, modelId);
      if (!model) continue;
      registry.add(id, version, model, { ...serving, told: (rows) => metrics.batch(id, rows) });
      this.#asked.set(keyOf(id, version), false);
      isNew = true;
    }
    return isNew;
  }

  async #bring(record: DeploymentRecord): Promise<boolean> {
    let changed = false;
    for (const { version, loaded } of record.versions) {
      const key = keyOf(record.id, version);
      const asked = this.#asked.get(key);
      if (asked === undefined || asked === loaded) continue;
      this.#asked.set(key, loaded);
      await this.#parts.registry[loaded ? 'load' : 'unload'](record.id, version).catch(() => undefined);
      changed = true;
    }
    changed = this.#point(record) || changed;
    this.#divide(record);
    return changed;
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

/** Of each deployment: settles when it has been brought in, one after the other. */
type Turns = ReadonlyMap<string, Promise<unknown>>;

const keyOf = (name: string, version: number): string => `${name}/${version}`;
