/** What a caller names when asking for a sweep. The specs that go with it are checked where they are used: a resumed sweep has its own. */
import * as z from 'zod/mini';

export const SweepRequestNames = z.object({
  dataset: z.string(),
  testDataset: z.optional(z.string()),
  name: z.optional(z.string()),
  resume: z.optional(z.string()),
  parallel: z.optional(z.number().check(z.int(), z.minimum(1), z.maximum(16))),
});
