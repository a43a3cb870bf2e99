/** A deployment: a name under which versions of a model answer requests, and the labels that point at them. */
import * as z from 'zod/mini';
import { LogSettings } from './prediction-log.js';
import { Traffic, TrafficEvent } from './traffic.js';

export const DeployedVersion = z.object({
  /** From 1. */
  version: z.number(),
  /** The id of its model, which knows the run and the data that it came from. */
  model: z.string(),
  created: z.number(),
  /** Whether it is to answer. */
  loaded: z.boolean(),
});
export type DeployedVersion = z.infer<typeof DeployedVersion>;

export const DeploymentRecord = z.object({
  kind: z.literal('deployment'),
  /** The name in addresses: 1 to 100 letters, digits, "_" and "-". */
  id: z.string(),
  created: z.number(),
  deleted: z.optional(z.number()),
  /** The oldest first. */
  versions: z.array(DeployedVersion),
  /** The number of the next version: none is given twice. */
  next: z.number(),
  /** Each points at a version that is loaded. */
  labels: z.array(z.object({ label: z.string(), version: z.number() })),
  /** How callers are divided among versions. Left out: the latest answers. */
  traffic: z.optional(Traffic),
  /** What was done about it, the latest last. */
  events: z.optional(z.array(TrafficEvent)),
  /** What is kept of what it is asked. Left out: nothing. */
  log: z.optional(LogSettings),
});
export type DeploymentRecord = z.infer<typeof DeploymentRecord>;
