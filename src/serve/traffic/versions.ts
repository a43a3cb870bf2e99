/** The versions that a division of callers needs, and those that there are. */
import { InputError } from '../../base/errors.js';
import type { DeployedVersion } from '../../spec/deployment.js';
import type { Traffic } from '../../spec/traffic.js';
import type { Registry } from '../registry.js';

type Known = Pick<DeployedVersion, 'version' | 'loaded'>;

/** @throws InputError `unknown-servable` */
export const servedVersions = (registry: Registry, name: string): Known[] =>
  registry.versions(name).map(({ version, state }) => ({ version, loaded: state === 'AVAILABLE' }));

/** Whether somebody may be sent to it at any moment: it is an arm with callers, the mirror, or where a rollback sends them. */
export function isInUse({ arms, mirror, rollback }: Traffic, version: number): boolean {
  return mirror?.version === version || arms.some((arm) => arm.version === version && (arm.weight > 0 || arm.name === rollback?.to));
}

/** @throws InputError `unknown-version` of an arm or mirror that is not there, `version-not-loaded` of one that is in use */
export function checkVersions(name: string, traffic: Traffic, versions: readonly Known[]): void {
  const wanted = [...traffic.arms.map(({ version }) => version), ...(traffic.mirror ? [traffic.mirror.version] : [])];
  for (const version of wanted) {
    if (isInUse(traffic, version)) checkLoaded(name, version, versions);
    else knownVersion(name, version, versions);
  }
}

/** @throws InputError `unknown-version` or `version-not-loaded` */
export function checkLoaded(name: string, version: number, versions: readonly Known[]): void {
  if (!knownVersion(name, version, versions).loaded) throw notLoaded(name, version);
}

function knownVersion(name: string, version: number, versions: readonly Known[]): Known {
  const found = versions.find((each) => each.version === version);
  if (found) return found;
  throw unknownVersion(name, version, versions);
}

export const unknownVersion = (name: string, version: number, versions: readonly Known[]): InputError =>
  new InputError('unknown-version', `"${name}" has no version ${version}.`, {
    advice: `Choose ${versions.map((each) => each.version).join(', ')}.`,
    place: { deployment: name, version },
  });

const notLoaded = (name: string, version: number): InputError =>
  new InputError('version-not-loaded', `Version ${version} of "${name}" is not loaded, so nobody can be sent to it.`, {
    advice: 'Load it first.',
    place: { deployment: name, version },
  });
