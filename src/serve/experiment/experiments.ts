/** Experiments: versions of a served model compared by what comes of their answers. */
import type { ExperimentRecord, ExperimentSpec, Metric } from '../../spec/experiment.js';
import type { Plan } from '../../stats/experiment/plan.js';
import type { Interval } from '../../stats/intervals.js';

/** A treatment less the control, in the metric's own unit. */
export interface Comparison {
  difference: number;
  /** Over the control's mean, with an interval as `fixed` is; undefined where that is 0. */
  relative?: { difference: number } & Interval;
  /** Of looking once. */
  pValue: number;
  /** Holds if it is looked at once, at the planned size. */
  fixed: Interval;
  /** Holds however often it is looked at. */
  always: Interval;
}

export interface MetricResult {
  metric: Metric;
  /** Of each arm; with a covariate, as if all had had the same units. */
  means: number[];
  /** Of each arm but the first; undefined while either has fewer than 100 units. */
  comparisons: (Comparison | undefined)[];
  /** Share of the variance that the covariate takes away. */
  explained?: number;
}

export interface GuardrailResult extends MetricResult {
  margin: number;
  /** Of each arm but the first. */
  states: ('harm' | 'safe' | 'unknown')[];
}

export interface Verdict {
  /**
   * `interrupted`: callers were rolled back or divided otherwise; `mismatch`: no figure can be trusted; `harm`: a guardrail is broken; `none`: there
   * is no difference worth finding.
   */
  kind: 'interrupted' | 'mismatch' | 'harm' | 'winner' | 'none' | 'waiting';
  arm?: string;
  message: string;
}

export interface ExperimentResult {
  units: number;
  planned: number;
  /** Units that were seen in more than one arm; they count in the first. */
  crossed: number;
  /** `weight` in percent. */
  arms: { name: string; version: number; units: number; weight: number }[];
  /** Whether units are divided as the weights say. */
  division: { pValue?: number; mismatch: boolean };
  metric: MetricResult;
  guardrails: GuardrailResult[];
  verdict: Verdict;
}

export interface Experiments {
  /** The newest first. */
  list(): Promise<ExperimentRecord[]>;
  /** @throws InputError `unknown-experiment` */
  get(id: string): Promise<ExperimentRecord>;
  /** How many units an experiment needs. @throws InputError `invalid-experiment` or `invalid-plan` naming the field */
  plan(spec: ExperimentSpec, unitsPerDay?: number): Promise<Plan>;
  /**
   * Divides the callers of the deployment, and begins. Its mirror stays, unless it becomes an arm, and so does its rule for a rollback; a rollback,
   * or another division, ends the experiment.
   * @throws InputError `invalid-experiment`, `invalid-plan`, `unknown-deployment`, `unknown-version`, `version-not-loaded`, or `already-running`
   * where another is
   */
  start(spec: ExperimentSpec): Promise<ExperimentRecord>;
  /** One whose units are made up, so that nothing is asked and nobody is divided. */
  simulate(): Promise<ExperimentRecord>;
  /** Read anew from the log. @throws InputError `unknown-experiment`; AbortError */
  result(id: string, signal?: AbortSignal): Promise<ExperimentResult>;
  /** New weights of a bandit that runs, where enough units have come since the last. Answers whether there were. */
  reweigh(id: string, signal?: AbortSignal): Promise<boolean>;
  /** No more units are counted; callers stay divided as they are. */
  stop(id: string): Promise<ExperimentRecord>;
  /** Ends it, with all callers on one arm. @throws InputError `unknown-arm` */
  decide(id: string, arm: string): Promise<ExperimentRecord>;
  /** One that runs is stopped. */
  remove(id: string): Promise<void>;
  restore(id: string): Promise<void>;
}
