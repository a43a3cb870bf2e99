/** How a deployment's callers are divided, in its record. */
import { timestamp } from '../base/clock.js';
import { InputError } from '../base/errors.js';
import type { DeploymentRecord } from '../spec/deployment.js';
import { usualLog } from '../spec/prediction-log.js';
import { allTo, checkTraffic, mostTrafficEvents, type Traffic, type TrafficEvent, trafficInWords } from '../spec/traffic.js';
import { trustedArm } from './traffic/trusted.js';
import { checkLoaded, checkVersions, isInUse } from './traffic/versions.js';

/** Who does something about traffic. The time is now, unless it was before. */
type Why = Pick<TrafficEvent, 'by'> & { time?: number };

/** @throws InputError `invalid-traffic`, `unknown-version` or `version-not-loaded` */
export function divided(record: DeploymentRecord, given: Traffic | undefined, why: Why): DeploymentRecord {
  if (!given) {
    const { traffic: _, ...rest } = record;
    return noted(rest, { kind: 'set', message: 'Callers are not divided any more: the latest version answers.', ...why });
  }
  const traffic = checkTraffic(given);
  checkVersions(record.id, traffic, record.versions);
  // To compare arms takes who asked and what came of it; inputs are kept by those who say so.
  return noted(
    { ...record, traffic, log: record.log ?? { ...usualLog, inputs: 'none' } },
    { kind: 'set', message: trafficInWords(traffic), ...why },
  );
}

/** @throws InputError `no-traffic`, `unknown-arm`, `unknown-version` or `version-not-loaded` */
export function rolledBack(record: DeploymentRecord, why: Why & Pick<TrafficEvent, 'message' | 'to' | 'from'>): DeploymentRecord {
  const { name, version } = trustedArm(record.id, record.traffic, why.to);
  checkLoaded(record.id, version, record.versions);
  return noted({ ...record, traffic: allTo(record.traffic as Traffic, name) }, { kind: 'rollback', ...why, to: name });
}

/** @throws InputError `version-in-traffic` */
export function checkNotDivided(id: string, traffic: Traffic | undefined, version: number): void {
  if (!traffic || !isInUse(traffic, version)) return;
  throw new InputError('version-in-traffic', `Callers of "${id}" are sent to version ${version}, or would be by a rollback.`, {
    advice: 'Divide them otherwise first.',
    place: { deployment: id, version },
  });
}

const noted = (record: DeploymentRecord, event: Omit<TrafficEvent, 'time'> & { time?: number }): DeploymentRecord => ({
  ...record,
  events: [...(record.events ?? []), { time: timestamp(), ...event }].slice(-mostTrafficEvents),
});
