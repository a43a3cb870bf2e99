/** How weights follow their gradients and how the learning rate changes, as data: what a training may be asked for. */
import * as z from 'zod/mini';

/** `adamw` is Adam under the name by which its decoupled weight decay (1711.05101) is known: here every optimizer's decay is decoupled. */
export const optimizers = ['adam', 'sgd', 'rmsprop', 'adamw'] as const;
export type OptimizerName = (typeof optimizers)[number];

/** How much of a running mean stays in a step. */
const kept = z.optional(z.number().check(z.minimum(0), z.maximum(0.999999)));
const epsilon = z.optional(z.number().check(z.minimum(1e-12), z.maximum(1)));

/** An optimizer with constants of one's own; those left out are the usual ones. */
export const OptimizerSettings = z.discriminatedUnion('kind', [
  /** 1412.6980. Left out: beta1 0.9, beta2 0.999, epsilon 1e-8. */
  z.object({ kind: z.enum(['adam', 'adamw']), beta1: kept, beta2: kept, epsilon }),
  /** v = momentum · v + g; w −= rate · v, or with `nesterov` rate · (g + momentum · v), as PyTorch. Left out: momentum 0.9, not Nesterov. */
  z.object({ kind: z.literal('sgd'), momentum: kept, nesterov: z.optional(z.boolean()) }),
  /** v = decay · v + (1 − decay) · g²; w −= rate · g / (√v + epsilon), as PyTorch. Left out: decay 0.99, epsilon 1e-8. */
  z.object({ kind: z.literal('rmsprop'), decay: kept, epsilon }),
]);
export type OptimizerSettings = z.infer<typeof OptimizerSettings>;

export const schedules = ['constant', 'cosine', 'oneCycle', 'plateau'] as const;
export type ScheduleName = (typeof schedules)[number];

/** Steps over which the rate rises linearly from near zero. Left out: a twentieth of all steps, 100 at most. */
const warmup = z.optional(z.number().check(z.int(), z.minimum(0), z.maximum(10_000_000)));
/** Of the learning rate asked for, which is the highest that is reached. */
const share = z.number().check(z.minimum(0), z.maximum(1));

/** How the learning rate changes from step to step. Every schedule but `oneCycle`, which rises by itself, may warm up. */
export const ScheduleSettings = z.discriminatedUnion('kind', [
  /** Warms up, and stays. */
  z.object({ kind: z.literal('constant'), warmup }),
  /** Half a cosine down to `floor` · rate at the last step (1608.03983, equation 5, without restarts). Left out: floor 0. */
  z.object({ kind: z.literal('cosine'), warmup, floor: z.optional(share) }),
  /**
   * Rises from rate / `divideBy` during the first `rise` of all steps and falls to a `finalDivideBy`-th of where it began, both as half a cosine:
   * PyTorch's OneCycleLR (1708.07120) without its cycle of momentum. Left out: rise 0.3, divideBy 25, finalDivideBy 10,000.
   */
  z.object({
    kind: z.literal('oneCycle'),
    rise: z.optional(share),
    divideBy: z.optional(z.number().check(z.minimum(1), z.maximum(1e6))),
    finalDivideBy: z.optional(z.number().check(z.minimum(1), z.maximum(1e9))),
  }),
  /**
   * Times `factor` after more than `patience` epochs whose validation loss was not below the best by the share `threshold`, down to
   * `floor` · rate: PyTorch's ReduceLROnPlateau. Left out: factor 0.5, patience 5, threshold 0.0001, floor 0.
   */
  z.object({
    kind: z.literal('plateau'),
    warmup,
    factor: z.optional(z.number().check(z.minimum(0.001), z.maximum(0.999))),
    patience: z.optional(z.number().check(z.int(), z.minimum(0), z.maximum(100_000))),
    threshold: z.optional(share),
    floor: z.optional(share),
  }),
]);
export type ScheduleSettings = z.infer<typeof ScheduleSettings>;

const limit = z.optional(z.number().check(z.minimum(1e-9), z.maximum(1e9)));

/**
 * Gradients that are held back before the optimizer sees them, and before `l2` is added: each number to [−`value`, `value`], then all of them
 * together scaled down to the Euclidean length `norm`, as PyTorch's clip_grad_value_ and clip_grad_norm_.
 */
export const ClipSettings = z.object({ norm: limit, value: limit });
export type ClipSettings = z.infer<typeof ClipSettings>;
