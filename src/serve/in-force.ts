/** What deployments say that needs no loading, in force in a registry: labels, by whom callers are answered, and what is kept of what they ask. */
import type { DeploymentRecord } from '../spec/deployment.js';
import type { LogSettings } from '../spec/prediction-log.js';
import type { Registry } from './registry.js';
import type { Traffic } from './traffic/traffic.js';
import { isInUse, servedVersions } from './traffic/versions.js';

export interface InForceParts {
  registry: Registry;
  /** Divided as the deployments say. */
  traffic?: Traffic;
}

export class InForce {
  readonly #parts: InForceParts;
  /** The division that was last set, as text. */
  readonly #divided = new Map<string, string>();
  readonly #logs = new Map<string, LogSettings>();

  constructor(parts: InForceParts) {
    this.#parts = parts;
  }

  /** What is kept of what a deployment is asked. */
  log(name: string): LogSettings | undefined {
    return this.#logs.get(name);
  }

  /**
   * Answers whether a label has changed.
   * @param coming versions that are yet to be loaded: until they are, nobody is sent there who was not before
   */
  apply(record: DeploymentRecord, coming: ReadonlySet<number>): boolean {
    const { id, log, traffic } = record;
    if (log) this.#logs.set(id, log);
    else this.#logs.delete(id);
    if (!traffic || [...coming].every((version) => !isInUse(traffic, version))) this.#divide(record);
    return this.#point(record, coming);
  }

  /** @param there the deployments that are left */
  forget(there: ReadonlySet<string>): void {
    for (const id of [...this.#logs.keys(), ...this.#divided.keys()]) {
      if (there.has(id)) continue;
      this.#logs.delete(id);
      this.#divide({ id });
    }
  }

  #divide({ id, traffic: spec, events = [] }: Pick<DeploymentRecord, 'id' | 'traffic' | 'events'>): void {
    const { traffic } = this.#parts;
    if (!spec) {
      traffic?.remove(id);
      this.#divided.delete(id);
      return;
    }
    const text = JSON.stringify(spec);
    // A rule that has just sent all callers back is not undone by the record that does not say so yet.
    if (this.#divided.get(id) !== text) traffic?.set(id, spec);
    this.#divided.set(id, text);
    traffic?.recall(id, events);
  }

  #point({ id, labels }: DeploymentRecord, coming: ReadonlySet<number>): boolean {
    const { registry } = this.#parts;
    if (!registry.has(id)) return false;
    const loaded = new Set(servedVersions(registry, id).flatMap((each) => (each.loaded ? [each.version] : [])));
    const wanted = new Map(labels.map(({ label, version }) => [label, version]));
    const pointed = new Map(registry.labels(id));
    let changed = false;
    for (const label of pointed.keys()) {
      const version = wanted.get(label);
      if (version !== undefined && (loaded.has(version) || coming.has(version))) continue;
      registry.unlabel(id, label);
      changed = true;
    }
    for (const [label, version] of wanted) {
      if (!loaded.has(version) || pointed.get(label) === version) continue;
      registry.label(id, label, version);
      changed = true;
    }
    return changed;
  }
}
