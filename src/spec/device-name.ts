/** The names of devices. Apart from the schemas, so that the first screen does without the validator. */
export const deviceNames = ['webgpu', 'webgl', 'wasm', 'cpu'] as const;
export type DeviceName = (typeof deviceNames)[number];
export type DevicePreference = 'auto' | DeviceName;
