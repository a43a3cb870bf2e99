/** Our one GPUDevice: asked for with everything that the adapter offers. */
import { DeviceError } from '../../base/errors.js';
import type { ModelSpec } from '../../spec/model.js';
import { GraphicsDevice, noDevice, tooLarge } from './graphics-device.js';
import { largestTensor } from './largest-tensor.js';

/** @throws DeviceError `no-device`, saying what is missing */
export async function findAdapter(): Promise<GPUAdapter> {
  const gpu = globalThis.navigator?.gpu;
  if (!gpu) throw noDevice('WebGPU is not there: this browser or host does not offer it.');
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw noDevice('WebGPU has no adapter: no graphics processor that the browser allows.');
  return adapter;
}

/** The adapter in words. */
export function describeAdapter({ vendor, architecture, device, description }: GPUAdapterInfo): string {
  const words = [vendor, architecture, device, description].filter((word) => word !== '');
  return words.length > 0 ? `Graphics processor, by WebGPU (${words.join(', ')})` : 'Graphics processor, by WebGPU';
}

export class WebgpuDevice extends GraphicsDevice {
  /** @throws DeviceError `no-device` */
  static async open(device?: GPUDevice): Promise<WebgpuDevice> {
    if (device) return new WebgpuDevice(device, device.adapterInfo);
    const adapter = await findAdapter();
    const requiredLimits: Record<string, number> = {};
    for (const name in adapter.limits) {
      const limit = adapter.limits[name as keyof GPUSupportedLimits];
      if (typeof limit === 'number') requiredLimits[name] = limit;
    }
    const requiredFeatures = [...adapter.features] as GPUFeatureName[];
    return new WebgpuDevice(await adapter.requestDevice({ requiredFeatures, requiredLimits }), adapter.info);
  }

  private constructor(
    readonly device: GPUDevice,
    readonly info: GPUAdapterInfo,
  ) {
    super();
    void device.lost.then(({ message, reason }) => this.giveUp(message || `the browser gave no reason (${reason})`));
    device.addEventListener('uncapturederror', ({ error }) => {
      const memory = error instanceof GPUOutOfMemoryError;
      this.fail(
        new DeviceError(memory ? 'device-memory' : 'device-fault', `The graphics processor failed: ${error.message}`, {
          advice: memory ? 'Use fewer units or a smaller batch.' : 'Choose the wasm device.',
        }),
      );
    });
  }

  get description(): string {
    return describeAdapter(this.info);
  }

  checkSize(model: ModelSpec, batchSize: number): void {
    const largest = 4 * largestTensor(model, batchSize);
    const limit = Math.min(this.device.limits.maxBufferSize, this.device.limits.maxStorageBufferBindingSize);
    if (largest > limit) {
      throw tooLarge(`The network needs a buffer of ${largest} bytes; the graphics processor binds at most ${limit}.`);
    }
  }

  protected release(): void {
    this.device.destroy();
  }
}
