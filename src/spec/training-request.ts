/** What a caller names when asking for a training. The spec that goes with it is checked where it is used: a resumed run has its own. */
import * as z from 'zod/mini';
import { Incident } from './incident.js';

export const TrainingRequestNames = z.object({
  dataset: z.string(),
  version: z.optional(z.string()),
  testDataset: z.optional(z.string()),
  name: z.optional(z.string()),
  sweep: z.optional(z.object({ id: z.string(), trial: z.number() })),
  resume: z.optional(z.string()),
  incident: z.optional(Incident),
});
