/** Something that went wrong while a training was at work, and what was done about it, so that it could go on. */
import * as z from 'zod/mini';

export const Incident = z.object({
  /** Milliseconds since 1970. */
  time: z.number(),
  /** Epochs and steps completed when it happened. */
  epoch: z.number(),
  step: z.number(),
  /** Of the error. */
  code: z.string(),
  /** What happened. */
  message: z.string(),
  /** What was done about it. */
  remedy: z.string(),
});
export type Incident = z.infer<typeof Incident>;

/** A record keeps so many, the latest: one that fails every second must not fill it. */
export const mostIncidents = 50;
