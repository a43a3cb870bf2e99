/** Which models are served: by name, their versions and the labels that point at them. */
import { InputError, toWire, type WireError } from '../base/errors.js';
import type { AnyModelRecord } from '../infer/models.js';
import { checkLabel, labelNotLoaded } from './labels.js';
import { openServed } from './open-served.js';
import { unknownServable } from './problems.js';
import type { ServedModel, ServingParts } from './served-model.js';

export type VersionState = 'START' | 'LOADING' | 'AVAILABLE' | 'UNLOADING' | 'END';

export interface ServedVersion {
  name: string;
  /** From 1. */
  version: number;
  record: AnyModelRecord;
  state: VersionState;
  /** Why it could not be loaded. */
  problem?: WireError;
}

/** Left out: the latest that is available. */
export interface Wanted {
  version?: number | undefined;
  label?: string | undefined;
}

interface Kept extends ServedVersion {
  parts: ServingParts;
  model?: ServedModel;
  /** Settles when it has been loaded or unloaded as often as it was asked. */
  turn: Promise<void>;
}

export class Registry {
  readonly #models = new Map<string, { versions: Map<number, Kept>; labels: Map<string, number> }>();

  /** Makes a version known; `load` makes it answer. @throws InputError `invalid-name` or `version-taken` */
  add(name: string, version: number, record: AnyModelRecord, parts: ServingParts): void {
    if (name === '' || /[/:\p{Cc}]/u.test(name)) {
      throw new InputError('invalid-name', `"${name}" cannot be a served model's name: it would not fit into an address.`, {
        advice: 'Choose a name without "/" and ":".',
        place: { model: name },
      });
    }
    const model = this.#models.get(name) ?? { versions: new Map(), labels: new Map() };
    if (model.versions.has(version)) {
      throw new InputError('version-taken', `"${name}" has a version ${version} already.`, {
        advice: 'Choose another name or version.',
        place: { model: name, version },
      });
    }
    model.versions.set(version, { name, version, record, state: 'START', parts, turn: Promise.resolve() });
    this.#models.set(name, model);
  }

  get names(): string[] {
    return [...this.#models.keys()];
  }

  has(name: string): boolean {
    return this.#models.has(name);
  }

  /** The newest first. @throws InputError `unknown-servable` */
  versions(name: string): readonly ServedVersion[] {
    return newestFirst(this.#modelOf(name).versions);
  }

  labels(name: string): ReadonlyMap<string, number> {
    return this.#modelOf(name).labels;
  }

  /** @throws InputError `unknown-servable`; what opening the model throws, which stays as the version's problem */
  async load(name: string, version: number): Promise<void> {
    await this.#inTurn(this.#versionOf(name, version), loaded);
  }

  /** New requests are refused; those that are being answered are answered. @throws InputError `unknown-servable` */
  async unload(name: string, version: number): Promise<void> {
    await this.#inTurn(this.#versionOf(name, version), unloaded);
  }

  #inTurn(kept: Kept, work: (kept: Kept) => Promise<void>): Promise<void> {
    const done = kept.turn.then(() => work(kept));
    kept.turn = done.catch(() => undefined);
    return done;
  }

  /** Labels point at versions that are loaded only, as TensorFlow Serving's. @throws InputError `invalid-label` or `label-not-loaded` */
  label(name: string, label: string, version: number): void {
    checkLabel(label);
    if (this.#versionOf(name, version).state !== 'AVAILABLE') throw labelNotLoaded(name, version);
    this.#modelOf(name).labels.set(label, version);
  }

  unlabel(name: string, label: string): void {
    this.#modelOf(name).labels.delete(label);
  }

  /** Unloads a version and forgets it, with the labels that point at it. @throws InputError `unknown-servable` */
  async remove(name: string, version: number): Promise<void> {
    await this.unload(name, version);
    const { versions, labels } = this.#modelOf(name);
    versions.delete(version);
    for (const [label, pointed] of labels) if (pointed === version) labels.delete(label);
    if (versions.size === 0) this.#models.delete(name);
  }

  /** @throws InputError `unknown-servable` */
  version(name: string, wanted: Wanted = {}): ServedVersion & { model?: ServedModel } {
    const { versions, labels } = this.#modelOf(name, wanted);
    const number = wanted.label === undefined ? wanted.version : labels.get(wanted.label);
    if (wanted.label !== undefined && number === undefined) throw unknownServable(`Label(${name}, ${wanted.label})`);
    const all = newestFirst(versions);
    const kept = number === undefined ? (all.find(({ state }) => state === 'AVAILABLE') ?? all[0]) : versions.get(number);
    if (!kept) throw unknownServable(described(name, wanted));
    return kept;
  }

  /** @throws InputError `unknown-servable`, also of a version that is not loaded */
  available(name: string, wanted: Wanted = {}): { model: ServedModel; version: number } {
    const { model, version } = this.version(name, wanted);
    if (!model) throw unknownServable(described(name, wanted));
    return { model, version };
  }

  async close(): Promise<void> {
    for (const [name, { versions }] of this.#models) for (const version of versions.keys()) await this.unload(name, version);
  }

  #modelOf(name: string, wanted: Wanted = {}) {
    const model = this.#models.get(name);
    if (!model) throw unknownServable(described(name, wanted));
    return model;
  }

  #versionOf(name: string, version: number): Kept {
    const kept = this.#modelOf(name).versions.get(version);
    if (!kept) throw unknownServable(described(name, { version }));
    return kept;
  }
}

async function loaded(kept: Kept): Promise<void> {
  if (kept.model) return;
  kept.state = 'LOADING';
  delete kept.problem;
  try {
    kept.model = await openServed(kept.parts, kept.record);
    kept.state = 'AVAILABLE';
  } catch (thrown) {
    kept.state = 'END';
    kept.problem = toWire(thrown);
    throw thrown;
  }
}

async function unloaded(kept: Kept): Promise<void> {
  const { model } = kept;
  if (!model) return;
  kept.state = 'UNLOADING';
  delete kept.model;
  await model.close();
  kept.state = 'END';
}

const newestFirst = (versions: ReadonlyMap<number, Kept>): Kept[] => [...versions.values()].sort((a, b) => b.version - a.version);

/** In TensorFlow Serving's words. */
const described = (name: string, { version, label }: Wanted): string =>
  label !== undefined ? `Label(${name}, ${label})` : version === undefined ? `Latest(${name})` : `Specific(${name}, ${version})`;
