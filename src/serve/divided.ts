/** How a deployment's callers are divided, in its record. */
import { timestamp } from '../base/clock.js';
import { InputError } from '../base/errors.js';
import type { DeploymentRecord } from '../spec/deployment.js';
import { usualLog } from '../spec/prediction-log.js';
import { allTo, checkTraffic, mostTrafficEvents, type Traffic, type TrafficEvent, trafficInWords } from '../spec/traffic.js';
import type { Store } from '../storage/store.js';
import { updateRecord } from '../storage/update.js';
import { unknownArm } from './traffic/traffic.js';
import { checkVersions, isInUse } from './traffic/versions.js';

/** @throws InputError `invalid-traffic`, `unknown-version` or `version-not-loaded` */
export function divided(record: DeploymentRecord, given: Traffic | undefined, by: TrafficEvent['by']): DeploymentRecord {
  if (!given) {
    const { traffic: _, ...rest } = record;
    return noted(rest, { kind: 'set', by, message: 'Callers are not divided any more: the latest version answers.' });
  }
  const traffic = checkTraffic(given);
  checkVersions(record.id, traffic, record.versions);
  return noted({ ...record, traffic, log: record.log ?? usualLog }, { kind: 'set', by, message: trafficInWords(traffic) });
}

/** @throws InputError `no-traffic` or `unknown-arm` */
export function rolledBack(record: DeploymentRecord, { to, ...why }: Omit<TrafficEvent, 'time' | 'kind'>): DeploymentRecord {
  const { traffic, id } = record;
  if (!traffic) throw new InputError('no-traffic', `The traffic of "${id}" is not divided.`, { place: { deployment: id } });
  const wanted = to ?? traffic.rollback?.to ?? traffic.arms[0].name;
  if (traffic.arms.every(({ name }) => name !== wanted)) throw unknownArm(wanted, traffic.arms);
  return noted({ ...record, traffic: allTo(traffic, wanted) }, { kind: 'rollback', to: wanted, ...why });
}

/** Of a deployment that is there. @throws what `change` throws; InputError `unknown-deployment` */
export async function updateDeployment(store: Store, name: string, change: (record: DeploymentRecord) => DeploymentRecord): Promise<void> {
  await updateRecord(store, 'deployment', name, (stored) => {
    if (stored && stored.deleted === undefined) return change(stored);
    throw new InputError('unknown-deployment', `Nothing is deployed as "${name}".`, { place: { deployment: name } });
  });
}

/** @throws InputError `version-in-traffic` */
export function checkNotDivided(id: string, traffic: Traffic | undefined, version: number): void {
  if (!traffic || !isInUse(traffic, version)) return;
  throw new InputError('version-in-traffic', `Callers of "${id}" are sent to version ${version}, or would be by a rollback.`, {
    advice: 'Divide them otherwise first.',
    place: { deployment: id, version },
  });
}

const noted = (record: DeploymentRecord, event: Omit<TrafficEvent, 'time'>): DeploymentRecord => ({
  ...record,
  events: [...(record.events ?? []), { time: timestamp(), ...event }].slice(-mostTrafficEvents),
});
