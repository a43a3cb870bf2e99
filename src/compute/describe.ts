/** What devices this machine has, in words, without opening any. */
import { type DeviceName, deviceNames } from '../spec/device-name.js';
import type { DeviceDescription } from './devices.js';
import { createContext, describeContext, releaseContext } from './tfjs/webgl-device.js';
import { describeAdapter, findAdapter } from './tfjs/webgpu-device.js';
import { withinTime } from './time-limit.js';
import { compileKernels, wasmDescription } from './wasm/kernels.js';

/** Milliseconds to wait for the browser to name its adapter. */
const patience = 2_000;

export const cpuDescription = 'Processor, by plain JavaScript';

const describe: Record<DeviceName, () => Promise<string>> = {
  webgpu: async () => describeAdapter((await withinTime(patience, 'Asking for a graphics processor', findAdapter())).info),
  webgl: async () => describeWebgl(),
  wasm: () => compileKernels().then(() => wasmDescription),
  cpu: async () => cpuDescription,
};

/** Every device that Benchwright knows; one that is not there says why. */
export function describeDevices(): Promise<DeviceDescription[]> {
  return Promise.all(
    deviceNames.map((device) =>
      describe[device]().then(
        (description) => ({ device, available: true, description }),
        (error: unknown) => ({ device, available: false, description: error instanceof Error ? error.message : String(error) }),
      ),
    ),
  );
}

function describeWebgl(): string {
  const context = createContext();
  const description = describeContext(context);
  releaseContext(context);
  return description;
}
