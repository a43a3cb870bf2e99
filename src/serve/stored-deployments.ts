/** Deployments as records of a store: whoever serves follows them (`follow-deployments.ts`). */
import { timestamp } from '../base/clock.js';
import { InputError } from '../base/errors.js';
import { anyModel } from '../infer/any-model.js';
import { unknownModel } from '../infer/unknown-model.js';
import type { DeployedVersion, DeploymentRecord } from '../spec/deployment.js';
import { LogSettings } from '../spec/prediction-log.js';
import type { Traffic, TrafficEvent } from '../spec/traffic.js';
import { validate } from '../spec/validate.js';
import { allVersions } from '../spec/versions.js';
import { headlineName, headlineOf } from '../stats/headline.js';
import type { Store } from '../storage/store.js';
import { undeleted, untilWritten } from '../storage/update.js';
import { changeDeployment, deploymentNamed, type Joint, joint, unknownDeployment, writeDeployment } from './change-deployment.js';
import type { Deployments, DeployOptions, VersionLineage } from './deployments.js';
import { checkNotDivided, divided, rolledBack } from './divided.js';
import { checkLabel, labelNotLoaded } from './labels.js';
import { unknownVersion } from './traffic/versions.js';

const mostVersions = 100;

export class StoredDeployments implements Omit<Deployments, 'list'> {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async get(name: string): Promise<DeploymentRecord> {
    return deploymentNamed(this.#store, name);
  }

  async deploy(name: string, model: string, { labels = [] }: DeployOptions = {}): Promise<DeploymentRecord> {
    checkName(name);
    for (const label of labels) checkLabel(label);
    const found = await anyModel(this.#store, model);
    if (found?.deleted !== undefined || !found) throw unknownModel(model);
    return writeDeployment(this.#store, name, (stored) => {
      const created = timestamp();
      const record = stored && isThere(stored) ? stored : begun(name, created, stored);
      if (record.versions.length >= mostVersions) throw tooManyVersions(name);
      const version = record.next;
      const versions = [...record.versions, { version, model, created, loaded: true }];
      return labels.reduce<DeploymentRecord>((one, label) => labelled(one, label, version), { ...record, versions, next: version + 1 });
    });
  }

  load(name: string, version: number): Promise<DeploymentRecord> {
    return this.#change(name, (record) => changed(record, version, { loaded: true }));
  }

  unload(name: string, version: number): Promise<DeploymentRecord> {
    return this.#change(name, (record) => {
      checkNotUsed(record, version);
      return changed(record, version, { loaded: false });
    });
  }

  label(name: string, label: string, version: number): Promise<DeploymentRecord> {
    checkLabel(label);
    return this.#change(name, (record) => {
      if (!versionOf(record, version).loaded) throw labelNotLoaded(name, version);
      return labelled(record, label, version);
    });
  }

  unlabel(name: string, label: string): Promise<DeploymentRecord> {
    return this.#change(name, (record) => ({ ...record, labels: record.labels.filter((each) => each.label !== label) }));
  }

  removeVersion(name: string, version: number): Promise<DeploymentRecord> {
    return this.#change(name, (record) => {
      versionOf(record, version);
      checkNotUsed(record, version);
      const versions = record.versions.filter((each) => each.version !== version);
      if (versions.length === 0) throw lastVersion(name);
      return { ...record, versions };
    });
  }

  divide(name: string, given: Traffic | undefined, by: TrafficEvent['by'] = 'caller'): Promise<DeploymentRecord> {
    return this.#change(name, (record) => divided(record, given, { by }));
  }

  rollBack(name: string, arm?: string): Promise<DeploymentRecord> {
    const why = { by: 'caller' as const, message: 'It was asked for.', ...(arm === undefined ? {} : { to: arm }) };
    return this.#change(name, (record) => rolledBack(record, why));
  }

  async keepLog(name: string, settings: LogSettings | undefined): Promise<DeploymentRecord> {
    const log = settings && validate(LogSettings, settings, 'log');
    return this.#change(name, ({ log: _, ...record }) => (log ? { ...record, log } : record));
  }

  async lineage(name: string): Promise<VersionLineage[]> {
    const { versions } = await this.get(name);
    return Promise.all(versions.map((version) => this.#lineageOf(version)));
  }

  async remove(name: string): Promise<void> {
    await this.#change(name, (record) => ({ ...record, deleted: timestamp() }));
  }

  async restore(name: string): Promise<void> {
    await untilWritten(async () => {
      const stored = await this.#store.get('deployment', name);
      if (!stored) throw unknownDeployment(name);
      const models = await Promise.all([...new Set(stored.versions.map(({ model }) => model))].map((id) => anyModel(this.#store, id)));
      // A model that was deleted since nothing answered with it comes back as well: nothing that is deployed may be deleted.
      const gone = models.flatMap((model) => (model?.deleted === undefined ? [] : [model]));
      await this.#store.commit(joint(...[stored, ...gone].map((record): Joint => [record, undeleted(record)])));
    });
  }

  async #lineageOf({ version, model: id }: DeployedVersion): Promise<VersionLineage> {
    const model = await anyModel(this.#store, id);
    if (!model) return { version, model: { id } };
    if (model.kind === 'tensor-model') {
      return { version, model: { id, name: model.name }, file: { name: model.source.name, sha256: model.sha256 } };
    }
    const { run, dataset } = model.lineage;
    const table = await this.#store.get('dataset', dataset.id);
    const kept = table && allVersions(table).find(({ hash }) => hash === dataset.hash);
    return {
      version,
      model: { id, name: model.name },
      run,
      headline: { name: headlineName(model.metrics.test), value: headlineOf(model.metrics.test) },
      dataset: { ...dataset, ...(kept ? { version: kept.version.number } : {}) },
    };
  }

  #change(name: string, change: (record: DeploymentRecord) => DeploymentRecord): Promise<DeploymentRecord> {
    return changeDeployment(this.#store, name, change);
  }
}

/** @param before what was deleted of this name: of it nothing stays but that its callers are not divided any more, and that no number is given twice */
function begun(name: string, created: number, before: DeploymentRecord | undefined): DeploymentRecord {
  const record: DeploymentRecord = { kind: 'deployment', id: name, created, versions: [], next: before?.next ?? 1, labels: [] };
  return before?.traffic ? divided(record, undefined, { by: 'caller' }) : record;
}

const isThere = ({ deleted }: DeploymentRecord): boolean => deleted === undefined;

/** @throws InputError `unknown-version` */
function versionOf({ id, versions }: DeploymentRecord, version: number): DeployedVersion {
  const found = versions.find((each) => each.version === version);
  if (found) return found;
  throw unknownVersion(id, version, versions);
}

function changed(record: DeploymentRecord, version: number, change: Partial<DeployedVersion>): DeploymentRecord {
  versionOf(record, version);
  return { ...record, versions: record.versions.map((each) => (each.version === version ? { ...each, ...change } : each)) };
}

const labelled = (record: DeploymentRecord, label: string, version: number): DeploymentRecord => ({
  ...record,
  labels: [...record.labels.filter((each) => each.label !== label), { label, version }],
});

function checkNotUsed({ id, labels, traffic }: DeploymentRecord, version: number): void {
  checkNotDivided(id, traffic, version);
  const found = labels.find((each) => each.version === version);
  if (!found) return;
  throw new InputError('version-labelled', `Version ${version} of "${id}" is what the label "${found.label}" points at.`, {
    advice: 'Point the label at another version first, or take it away.',
    place: { deployment: id, version, label: found.label },
  });
}

/** It needs no encoding in any address, and is a key of the store. */
function checkName(name: string): void {
  if (/^[\w-]{1,100}$/.test(name)) return;
  throw new InputError('invalid-name', `"${name.slice(0, 100)}" cannot be a deployment's name.`, {
    advice: 'Choose 1 to 100 letters, digits, "_" and "-": it is part of an address.',
    place: { deployment: name.slice(0, 100) },
  });
}

const tooManyVersions = (name: string): InputError =>
  new InputError('too-many-versions', `"${name}" has ${mostVersions} versions, which is the most.`, {
    advice: 'Remove versions that nobody asks for any more.',
    place: { deployment: name },
  });

const lastVersion = (name: string): InputError =>
  new InputError('last-version', `It is the only version of "${name}".`, {
    advice: 'Remove the deployment, or deploy another version first.',
    place: { deployment: name },
  });
