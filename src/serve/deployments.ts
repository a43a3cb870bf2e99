/** Which models answer under which names: kept, so that they do so again after a restart. */
import type { DeploymentRecord } from '../spec/deployment.js';
import type { LogSettings } from '../spec/prediction-log.js';
import type { Traffic, TrafficEvent } from '../spec/traffic.js';

export interface DeployOptions {
  /** Labels that point at the new version from now on. */
  labels?: readonly string[];
}

/** Where a version came from. */
export interface VersionLineage {
  version: number;
  /** Without a name where it is gone. */
  model: { id: string; name?: string };
  run?: string;
  /** The figure on rows that it has not learnt from, by which its model is known: larger is better. */
  headline?: { name: string; value: number };
  /** Of a model of another program. */
  file?: { name: string; sha256: string };
  /** `version` is its number among those that are kept of the table. */
  dataset?: { id: string; name: string; hash: string; version?: number };
}

export interface Deployments {
  /** The oldest first. */
  list(): Promise<DeploymentRecord[]>;
  /** @throws InputError `unknown-deployment` */
  get(name: string): Promise<DeploymentRecord>;
  /**
   * Lets a model answer under a name: as the first version of a new deployment, or the next one of a deployment that is there.
   * @param name 1 to 100 letters, digits, "_" and "-"
   * @throws InputError `invalid-name`, `invalid-label`, `unknown-model` or `too-many-versions`
   */
  deploy(name: string, model: string, options?: DeployOptions): Promise<DeploymentRecord>;
  /** @throws InputError `unknown-version` */
  load(name: string, version: number): Promise<DeploymentRecord>;
  /** Requests that are being answered are answered. @throws InputError `unknown-version`; `version-labelled` while a label points at it, `version-in-traffic` while it is an arm or mirror */
  unload(name: string, version: number): Promise<DeploymentRecord>;
  /**
   * Points a label at a version, wherever it pointed before.
   * @throws InputError `invalid-label`, `unknown-version` or `label-not-loaded`
   */
  label(name: string, label: string, version: number): Promise<DeploymentRecord>;
  unlabel(name: string, label: string): Promise<DeploymentRecord>;
  /** The model stays. @throws InputError `unknown-version`; `version-labelled`; `version-in-traffic`; `last-version` of the only one */
  removeVersion(name: string, version: number): Promise<DeploymentRecord>;
  /**
   * Divides callers among versions that are loaded; without a division the latest answers. Answers are logged from now on, without inputs where no log was kept.
   * @param by who does it, for the record. Default: a person
   * @throws InputError `invalid-traffic`, `unknown-version` or `version-not-loaded`
   */
  divide(name: string, traffic: Traffic | undefined, by?: TrafficEvent['by']): Promise<DeploymentRecord>;
  /** All callers go to one arm at once: the rule's, or the first. @throws InputError `no-traffic`, `unknown-arm` or `version-not-loaded` */
  rollBack(name: string, arm?: string): Promise<DeploymentRecord>;
  /** What is kept of what it is asked; undefined: nothing more. @throws InputError `invalid-log` */
  keepLog(name: string, settings: LogSettings | undefined): Promise<DeploymentRecord>;
  /** Of each version, the oldest first. */
  lineage(name: string): Promise<VersionLineage[]>;
  /** Nothing answers under the name any more; its models stay. */
  remove(name: string): Promise<void>;
  restore(name: string): Promise<void>;
}
