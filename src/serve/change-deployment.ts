/**
 * Changing a deployment's record. An experiment runs for as long as callers are divided as it says: whatever divides them otherwise, a rollback or a
 * person, ends it in the same commit, so that nobody's units are counted that it did not divide.
 */
import { InputError } from '../base/errors.js';
import type { DeploymentRecord } from '../spec/deployment.js';
import type { ExperimentRecord } from '../spec/experiment.js';
import { sameValue } from '../storage/expected.js';
import type { AnyRecord, Change, Store } from '../storage/store.js';
import { untilWritten } from '../storage/update.js';

/**
 * @param change makes the new record from the one that is there, which it does not alter; it is called anew when another writer was faster
 * @throws what `change` throws; InputError `unknown-deployment`
 */
export function changeDeployment(
  store: Store,
  name: string,
  change: (record: DeploymentRecord) => DeploymentRecord,
): Promise<DeploymentRecord> {
  return writeDeployment(store, name, (stored) => change(thereIs(name, stored)));
}

/** @param change of what is stored under the name: nothing yet, or a deployment that may have been deleted. @throws what `change` throws */
export function writeDeployment(
  store: Store,
  name: string,
  change: (stored: DeploymentRecord | undefined) => DeploymentRecord,
): Promise<DeploymentRecord> {
  return untilWritten(async () => {
    const stored = await store.get('deployment', name);
    const changed = change(stored);
    const running = isDividedAlike(stored, changed) ? undefined : await runningExperiment(store, name);
    await store.commit(joint([stored, changed], ...(running ? [[running, interrupted(running, changed)] as const] : [])));
    return changed;
  });
}

/** @throws InputError `unknown-deployment` */
export const deploymentNamed = async (store: Store, name: string): Promise<DeploymentRecord> =>
  thereIs(name, await store.get('deployment', name));

function thereIs(name: string, record: DeploymentRecord | undefined): DeploymentRecord {
  if (record && record.deleted === undefined) return record;
  throw unknownDeployment(name);
}

/** The one whose division a deployment has: there is one at most. */
export const runningExperiment = async (store: Store, deployment: string): Promise<ExperimentRecord | undefined> =>
  (await store.list('experiment')).find(
    ({ deleted, status, simulated, spec }) => deleted === undefined && status === 'running' && !simulated && spec.deployment === deployment,
  );

/** A record as it was read, and as it is to be. */
export type Joint = readonly [was: AnyRecord | undefined, is: AnyRecord];

/** All of it or nothing, and only if every record still is as it was. */
export const joint = (...changes: readonly Joint[]): Change => ({
  put: changes.map(([, is]) => is),
  expect: changes.map(([was, { kind, id }]) => ({ kind, id, is: was })),
});

/** By what was done last about the deployment's traffic. */
export function interrupted(experiment: ExperimentRecord, { events = [] }: DeploymentRecord): ExperimentRecord {
  const event = events[events.length - 1];
  return { ...experiment, status: 'stopped', ended: event.time, interrupted: event };
}

/** A mirror and a rule change nobody's arm. */
const isDividedAlike = ({ traffic: one }: Partial<DeploymentRecord> = {}, { traffic: other }: DeploymentRecord): boolean =>
  one === other || (one?.salt === other?.salt && sameValue(one?.arms, other?.arms));

export const unknownDeployment = (name: string): InputError =>
  new InputError('unknown-deployment', `Nothing is deployed as "${name}".`, {
    advice: 'Deploy a model under this name, or choose from the list of deployments.',
    place: { deployment: name },
  });
