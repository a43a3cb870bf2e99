/** An experiment: versions of a served model compared by what comes of their answers. */
import * as z from 'zod/mini';
import { Arm, TrafficEvent } from './traffic.js';

const mostArms = 10;
const time = z.number();

/** A figure of each unit, that is, of each caller who says who they are, and of each request of the others. */
export const Metric = z.object({
  /** A column of the log that is a number: `outcome.EVENT`, `output.NAME` or `latency`. */
  column: z.string().check(z.minLength(1), z.maxLength(200)),
  /** `proportion`: whether a unit has a value above 0; `mean`: the sum of a unit's values; `ratio`: the sum over a unit's rows. */
  kind: z.enum(['proportion', 'mean', 'ratio']),
  better: z.enum(['higher', 'lower']),
});
export type Metric = z.infer<typeof Metric>;

export const Guardrail = z.object({
  ...Metric.shape,
  /** How much worse it may become, in the metric's own unit. */
  margin: z.number().check(z.minimum(0)),
});
export type Guardrail = z.infer<typeof Guardrail>;

export const ExperimentSpec = z.object({
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  /** The name that the versions answer under. */
  deployment: z.string().check(z.minLength(1), z.maxLength(100)),
  /** The first is the control that the others are compared with. */
  arms: z.array(Arm).check(z.minLength(2), z.maxLength(mostArms)),
  metric: Metric,
  guardrails: z.array(Guardrail).check(z.maxLength(10)),
  /** The smallest difference worth finding, in the metric's own unit. */
  effect: z.number().check(z.gt(0)),
  /** What the control is expected to have: the mean, and of other metrics than proportions the standard deviation of a unit. */
  expected: z.object({ baseline: z.number(), deviation: z.optional(z.number().check(z.gt(0))) }),
  alpha: z.number().check(z.gt(0), z.lt(1)),
  power: z.number().check(z.gt(0.5), z.lt(1)),
  /** Days before the start from which each unit's own figure takes its share of the noise away (CUPED). Left out: none. */
  covariateDays: z.optional(z.number().check(z.gt(0), z.maximum(365))),
  /** Weights follow what is known: the better arm gets more. */
  bandit: z.boolean(),
});
export type ExperimentSpec = z.infer<typeof ExperimentSpec>;

export const ExperimentRecord = z.object({
  kind: z.literal('experiment'),
  id: z.string(),
  name: z.string(),
  created: time,
  deleted: z.optional(time),
  spec: ExperimentSpec,
  /** Units that were planned, of all arms together. */
  planned: z.number(),
  /** When weights began to hold: one more each time that a bandit changes them. */
  periods: z.array(z.object({ from: time, weights: z.array(z.number()) })).check(z.minLength(1)),
  status: z.enum(['running', 'stopped', 'decided']),
  ended: z.optional(time),
  /** What was done about traffic that ended it: callers were divided otherwise. */
  interrupted: z.optional(TrafficEvent),
  decision: z.optional(z.object({ arm: z.string(), message: z.string() })),
  /** Units are made up by this seed, and nobody is asked anything: to try out what an experiment is. */
  simulated: z.optional(z.object({ seed: z.number(), shares: z.array(z.number()), unitsPerSecond: z.number() })),
});
export type ExperimentRecord = z.infer<typeof ExperimentRecord>;
