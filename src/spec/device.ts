/** Devices that a network runs on, and the choice among them. */
import * as z from 'zod/mini';

export const deviceNames = ['webgpu', 'wasm', 'cpu'] as const;
export const DeviceName = z.enum(deviceNames);
export type DeviceName = z.infer<typeof DeviceName>;

export const DevicePreference = z.enum(['auto', ...deviceNames]);
export type DevicePreference = z.infer<typeof DevicePreference>;

/** One device's trial: the median milliseconds of a training step of the very model, or why there is none. */
export const DeviceTrial = z.object({
  device: DeviceName,
  /** The adapter or processor in words. */
  description: z.string(),
  milliseconds: z.optional(z.number()),
  /** Why it was not measured or is not used. */
  problem: z.optional(z.string()),
});
export type DeviceTrial = z.infer<typeof DeviceTrial>;

export const DeviceChoice = z.object({
  device: DeviceName,
  description: z.string(),
  trials: z.array(DeviceTrial),
  /** How it was chosen, as a sentence for people: measured, remembered or asked for. */
  reason: z.string(),
  remembered: z.boolean(),
});
export type DeviceChoice = z.infer<typeof DeviceChoice>;
