/** The records of sweeps and their trials: at their beginning, while at work, and looked up. */
import { timestamp } from '../../base/clock.js';
import { InputError } from '../../base/errors.js';
import type { SweepRecord, TrialRecord } from '../../spec/sweep-record.js';
import { trialId } from '../../spec/trial-id.js';
import type { Store } from '../../storage/store.js';

export async function trialsOf(store: Store, sweep: string): Promise<TrialRecord[]> {
  return (await store.list('trial')).filter((trial) => trial.sweep === sweep).sort((one, other) => one.number - other.number);
}

export const newTrial = (
  sweep: string,
  number: number,
  { values, spec, epochs }: Pick<TrialRecord, 'values' | 'spec' | 'epochs'>,
): TrialRecord => ({
  kind: 'trial',
  id: trialId(sweep, number),
  created: timestamp(),
  sweep,
  number,
  values,
  spec,
  epochs,
  status: 'waiting',
  rungs: [],
  curve: [],
  bestEpoch: 0,
  steps: 0,
  seconds: 0,
});

/** A sweep that nobody is working on any more was cut off. */
export const asItStands = (record: SweepRecord, active: ReadonlySet<string>): SweepRecord =>
  record.status === 'running' && !active.has(record.id) ? { ...record, status: 'interrupted' } : record;

export const unknownSweep = (id: string): InputError =>
  new InputError('unknown-sweep', `There is no sweep "${id}".`, { advice: 'Choose one from the list of sweeps.', place: { sweep: id } });

export const sweepActive = (id: string): InputError =>
  new InputError('sweep-active', `Sweep ${id} is at work right now.`, {
    advice: 'Wait for it, or stop it where it was started.',
    place: { sweep: id },
  });
