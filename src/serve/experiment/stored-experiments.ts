/** Experiments as records of a store, over the log and the deployment that they are about. The list is `create.ts`'s. */
import { timestamp } from '../../base/clock.js';
import { InputError } from '../../base/errors.js';
import { newIdentifier } from '../../base/identifier.js';
import { type ExperimentRecord, ExperimentSpec } from '../../spec/experiment.js';
import { type Arm, checkTraffic, redivided, type TrafficEvent } from '../../spec/traffic.js';
import { validate } from '../../spec/validate.js';
import { banditWeights } from '../../stats/experiment/bandit.js';
import { type Plan, planExperiment } from '../../stats/experiment/plan.js';
import type { Store } from '../../storage/store.js';
import { isStale, restoreRecord, untilWritten, updateRecord } from '../../storage/update.js';
import { deploymentNamed, interrupted, type Joint, joint, runningExperiment } from '../change-deployment.js';
import { divided } from '../divided.js';
import { analyse, fewestUnits, samplesOf } from './analyse.js';
import type { ExperimentResult, Experiments } from './experiments.js';
import { observationsFromLog } from './from-log.js';
import type { Observations } from './observations.js';
import { simulatedObservations } from './simulated.js';
import { simulatedSpec, simulation } from './simulation.js';

export interface ExperimentParts {
  store: Store;
  /** Milliseconds since 1970. */
  now?(): number;
}

export class StoredExperiments implements Omit<Experiments, 'list'> {
  readonly #store: Store;
  readonly #now: () => number;

  constructor({ store, now = timestamp }: ExperimentParts) {
    this.#store = store;
    this.#now = now;
  }

  async get(id: string): Promise<ExperimentRecord> {
    return thereIs(id, await this.#store.get('experiment', id));
  }

  async plan(spec: ExperimentSpec, unitsPerDay?: number): Promise<Plan> {
    return planOf(checked(spec), unitsPerDay);
  }

  async start(given: ExperimentSpec): Promise<ExperimentRecord> {
    const spec = checked(given);
    const { total } = planOf(spec);
    const id = newIdentifier();
    return untilWritten(async () => {
      const other = await runningExperiment(this.#store, spec.deployment);
      if (other) throw alreadyRunning(other);
      const begun = this.#begun({ id, spec, planned: total });
      await this.#store.commit(joint([undefined, begun], ...(await this.#dividing(begun, spec.arms, 'caller'))));
      return begun;
    });
  }

  async simulate(): Promise<ExperimentRecord> {
    const spec = simulatedSpec;
    const simulated = { ...simulation, seed: Math.floor(this.#now()) };
    const begun = this.#begun({ id: newIdentifier(), spec, planned: planOf(spec).total, simulated });
    await this.#store.commit({ put: [begun] });
    return begun;
  }

  async result(id: string, signal?: AbortSignal): Promise<ExperimentResult> {
    const record = await this.get(id);
    return analyse(record, await this.#observed(record, signal));
  }

  async reweigh(id: string, signal?: AbortSignal): Promise<boolean> {
    const record = await this.get(id);
    const { spec, periods, status } = record;
    if (!spec.bandit || status !== 'running') return false;
    const observed = await this.#observed(record, signal);
    const since = periods[periods.length - 1].from;
    const fresh = observed.arms.reduce((sum, { first }) => sum + first.filter((time) => time >= since).length, 0);
    if (fresh < fewestUnits * spec.arms.length) return false;
    const { samples } = samplesOf(spec.metric, observed.arms, 0);
    const { weights } = banditWeights(samples, { seed: periods.length, smallerIsBetter: spec.metric.better === 'lower' });
    if (!weights) return false;
    const percents = hundredths(weights);
    const changed = { ...record, periods: [...periods, { from: this.#now(), weights: percents }].slice(-mostPeriods) };
    const arms = spec.arms.map((arm, index) => ({ ...arm, weight: percents[index] }));
    try {
      await this.#store.commit(joint([record, changed], ...(await this.#dividing(record, arms, 'bandit'))));
      return true;
    } catch (thrown) {
      // Somebody has moved them, or ended it, since it was read: what was made of it is not true any more.
      if (isStale(thrown)) return false;
      throw thrown;
    }
  }

  stop(id: string): Promise<ExperimentRecord> {
    return this.#change(id, (record) => (record.status === 'running' ? { ...record, status: 'stopped', ended: this.#now() } : record));
  }

  async decide(id: string, arm: string): Promise<ExperimentRecord> {
    const { spec } = await this.get(id);
    const chosen = spec.arms.find(({ name }) => name === arm);
    if (!chosen) {
      throw new InputError('unknown-arm', `The experiment has no arm "${arm}".`, {
        advice: `There is ${spec.arms.map(({ name }) => `"${name}"`).join(', ')}.`,
        place: { arm },
      });
    }
    const { verdict } = await this.result(id);
    const arms = spec.arms.map((each) => ({ ...each, weight: each.name === arm ? 100 : 0 }));
    return untilWritten(async () => {
      const record = await this.get(id);
      const decision = { arm, message: verdict.message };
      const decided: ExperimentRecord = { ...record, status: 'decided', ended: record.ended ?? this.#now(), decision };
      await this.#store.commit(joint([record, decided], ...(await this.#dividing(record, arms, 'caller'))));
      return decided;
    });
  }

  async remove(id: string): Promise<void> {
    await this.stop(id);
    await this.#change(id, (record) => ({ ...record, deleted: this.#now() }));
  }

  async restore(id: string): Promise<void> {
    await restoreRecord(this.#store, 'experiment', id, unknownExperiment);
  }

  #begun(given: Pick<ExperimentRecord, 'id' | 'spec' | 'planned' | 'simulated'>): ExperimentRecord {
    const created = this.#now();
    const { spec } = given;
    const periods = [{ from: created, weights: spec.arms.map(({ weight }) => weight) }];
    return { kind: 'experiment', name: spec.name, created, status: 'running', periods, ...given };
  }

  /** Its deployment with callers among these arms, and what that ends: nothing of one whose units are made up. */
  async #dividing({ id, spec, simulated }: ExperimentRecord, arms: Arm[], by: TrafficEvent['by']): Promise<Joint[]> {
    if (simulated) return [];
    const deployment = await deploymentNamed(this.#store, spec.deployment);
    // Its own salt: who was in an arm of one experiment is in any arm of the next.
    const traffic = redivided(deployment.traffic ?? {}, arms, id);
    const changed = divided(deployment, traffic, { by, time: this.#now() });
    const other = await runningExperiment(this.#store, deployment.id);
    return [[deployment, changed], ...(other && other.id !== id ? [[other, interrupted(other, changed)] as const] : [])];
  }

  async #observed(record: ExperimentRecord, signal?: AbortSignal): Promise<Observations> {
    if (record.simulated) return simulatedObservations(record, this.#now());
    return observationsFromLog(this.#store, await this.#store.get('log', record.spec.deployment), record, signal);
  }

  #change(id: string, change: (record: ExperimentRecord) => ExperimentRecord): Promise<ExperimentRecord> {
    return updateRecord(this.#store, 'experiment', id, (stored) => change(thereIs(id, stored)));
  }
}

const mostPeriods = 1_000;

const alreadyRunning = ({ id, name, spec }: ExperimentRecord): InputError =>
  new InputError('already-running', `"${name}" runs with "${spec.deployment}" already.`, {
    advice: 'Stop it first: callers are divided once.',
    place: { experiment: id },
  });

function checked(given: ExperimentSpec): ExperimentSpec {
  const spec = validate(ExperimentSpec, given, 'experiment');
  checkTraffic({ arms: spec.arms });
  return spec;
}

function planOf({ metric, effect, expected, arms, alpha, power }: ExperimentSpec, unitsPerDay?: number): Plan {
  const { baseline, deviation } = expected;
  const sign = metric.better === 'higher' ? 1 : -1;
  return planExperiment({
    metric: metric.kind === 'proportion' ? { kind: 'proportion', baseline } : { kind: 'mean', deviation: deviation ?? 0 },
    effect: sign * effect,
    weights: arms.map(({ weight }) => weight),
    alpha,
    power,
    ...(unitsPerDay === undefined ? {} : { unitsPerDay }),
  });
}

/** Percents with two digits that sum to 100. */
function hundredths(weights: readonly number[]): number[] {
  const percents = weights.map((weight) => Math.round(weight * 10_000));
  const largest = percents.indexOf(Math.max(...percents));
  percents[largest] += 10_000 - percents.reduce((sum, percent) => sum + percent, 0);
  return percents.map((percent) => percent / 100);
}

function thereIs(id: string, record: ExperimentRecord | undefined): ExperimentRecord {
  if (record && record.deleted === undefined) return record;
  throw unknownExperiment(id);
}

const unknownExperiment = (id: string): InputError =>
  new InputError('unknown-experiment', `There is no experiment "${id}".`, {
    advice: 'It may have been deleted.',
    place: { experiment: id },
  });
