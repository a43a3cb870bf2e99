/** Devices that a network runs on, and the choice among them. */
import * as z from 'zod/mini';
import { deviceNames } from './device-name.js';

/** One device's trial: the median milliseconds of a training step of the very model, or why there is none. */
export const DeviceTrial = z.object({
  device: z.enum(deviceNames),
  /** The adapter or processor in words. */
  description: z.string(),
  milliseconds: z.optional(z.number()),
  /** Why it was not measured or is not used. */
  problem: z.optional(z.string()),
});
export type DeviceTrial = z.infer<typeof DeviceTrial>;

export const DeviceChoice = z.object({
  device: z.enum(deviceNames),
  description: z.string(),
  trials: z.array(DeviceTrial),
  /** How it was chosen, as a sentence for people: measured, remembered or asked for. */
  reason: z.string(),
  remembered: z.boolean(),
});
export type DeviceChoice = z.infer<typeof DeviceChoice>;
