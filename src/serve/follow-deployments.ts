/**
 * Keeps a registry at what the deployments in a store say, while they change. What needs no loading is in force as soon as it is heard of, however
 * long the models take that are being loaded.
 */
import { anyModel } from '../infer/any-model.js';
import type { DeploymentRecord } from '../spec/deployment.js';
import type { LogSettings } from '../spec/prediction-log.js';
import type { Store } from '../storage/store.js';
import { InForce, type InForceParts } from './in-force.js';
import type { Metrics } from './metrics.js';
import type { ServingParts } from './served-model.js';

export interface FollowedParts extends InForceParts {
  store: Store;
  metrics: Metrics;
  /** Of every model. */
  serving: ServingParts;
}

export class FollowedDeployments {
  readonly #parts: FollowedParts;
  readonly #inForce: InForce;
  /** As they were last heard of, without those that were deleted. */
  #records: ReadonlyMap<string, DeploymentRecord> = new Map();
  /** What each version was last brought to, so that one that cannot be loaded is not tried again and again; or that its model is gone. */
  readonly #brought = new Map<string, 'loaded' | 'unloaded' | 'gone'>();
  #changes = 0;
  #heard: Promise<unknown> = Promise.resolve();
  #settled: Promise<unknown> = Promise.resolve();
  readonly #first: Promise<Turns>;
  #begin: (turns: Turns) => void = () => undefined;
  readonly #stop: () => void;

  constructor(parts: FollowedParts) {
    this.#parts = parts;
    this.#inForce = new InForce(parts);
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

  /** Settles when what was known of is in force, but for what has to be loaded: it is never waited for long. */
  get heard(): Promise<unknown> {
    return this.#heard;
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
    return this.#inForce.log(name);
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
    const heard = this.#heard.then(() => this.#hear()).catch(() => undefined);
    const done = Promise.all([heard, this.#settled])
      .then(() => this.#bring())
      .catch(() => undefined);
    [this.#heard, this.#settled] = [heard, done];
    return done.then(() => this.#changes > since);
  }

  close(): void {
    this.#stop();
  }

  async #hear(): Promise<void> {
    const records = (await this.#parts.store.list('deployment')).filter(({ deleted }) => deleted === undefined);
    this.#records = new Map(records.map((record) => [record.id, record]));
    for (const record of records) this.#apply(record);
    this.#inForce.forget(new Set(this.#records.keys()));
  }

  #apply(record: DeploymentRecord): void {
    const coming = record.versions.filter(({ version, loaded }) => loaded && !tried.has(this.#brought.get(keyOf(record.id, version))));
    if (this.#inForce.apply(record, new Set(coming.map(({ version }) => version)))) this.#changes += 1;
  }

  async #bring(): Promise<void> {
    const names = [...this.#records.keys()];
    // Before any is loaded: whoever asks what there is hears of all.
    for (const name of names) await this.#know(name);
    const turns = new Map<string, Promise<void>>();
    let turn = Promise.resolve();
    for (const name of names) {
      turn = turn.then(() => this.#load(name));
      turns.set(name, turn);
    }
    this.#begin(turns);
    await turn;
    await this.#remove();
  }

  async #know(name: string): Promise<void> {
    const { store, registry, metrics, serving } = this.#parts;
    for (const { version, model: modelId } of this.#records.get(name)?.versions ?? []) {
      const key = keyOf(name, version);
      const before = this.#brought.get(key);
      if (before === 'loaded' || before === 'unloaded') continue;
      const model = await anyModel(store, modelId);
      this.#brought.set(key, model ? 'unloaded' : 'gone');
      if (!model) continue;
      registry.add(name, version, model, { ...serving, told: (rows) => metrics.batch(name, rows) });
      this.#changes += 1;
    }
  }

  async #load(name: string): Promise<void> {
    for (const { version, loaded } of this.#records.get(name)?.versions ?? []) {
      const key = keyOf(name, version);
      const [before, wanted] = [this.#brought.get(key), loaded ? 'loaded' : 'unloaded'] as const;
      if (before === undefined || before === 'gone' || before === wanted) continue;
      await this.#parts.registry[loaded ? 'load' : 'unload'](name, version).catch(() => undefined);
      this.#brought.set(key, wanted);
      this.#changes += 1;
    }
    // It may have changed meanwhile.
    const record = this.#records.get(name);
    if (record) this.#apply(record);
  }

  async #remove(): Promise<void> {
    const { registry } = this.#parts;
    for (const name of registry.names) {
      for (const { version } of registry.versions(name)) {
        if (this.#records.get(name)?.versions.some((kept) => kept.version === version)) continue;
        await registry.remove(name, version);
        this.#brought.delete(keyOf(name, version));
        this.#changes += 1;
      }
    }
  }
}

/** Of each deployment: settles when it has been brought in, one after the other. */
type Turns = ReadonlyMap<string, Promise<unknown>>;

/** Brought to this, a version that is to be loaded is not waited for. */
const tried: ReadonlySet<string | undefined> = new Set(['loaded', 'gone']);

const keyOf = (name: string, version: number): string => `${name}/${version}`;
