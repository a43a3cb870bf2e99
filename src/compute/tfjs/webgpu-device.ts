/**
 * Our one GPUDevice: asked for with everything that the adapter offers, watched for loss and for errors that nobody awaits. tfjs notices
 * neither, and goes on with numbers that mean nothing.
 */
import { yieldToEventLoop } from '../../base/abort.js';
import { DeviceError } from '../../base/errors.js';
import type { ModelSpec } from '../../spec/model.js';
import { lowerTraining } from '../plan/lower.js';
import { parameterCount } from '../plan/parameters.js';

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

export class WebgpuDevice {
  /** Settles with the reason once the device cannot be used any more; not when we destroyed it ourselves. */
  readonly lost: Promise<string>;
  #problem: DeviceError | undefined;
  #announceLoss: (reason: string) => void = () => {};

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
    this.lost = new Promise((resolve) => {
      this.#announceLoss = resolve;
    });
    void device.lost.then(({ message, reason }) => this.giveUp(message || `the browser gave no reason (${reason})`));
    device.addEventListener('uncapturederror', ({ error }) => {
      const memory = error instanceof GPUOutOfMemoryError;
      this.#fail(
        new DeviceError(memory ? 'device-memory' : 'device-fault', `The graphics processor failed: ${error.message}`, {
          advice: memory ? 'Use fewer units or a smaller batch.' : 'Choose the wasm device.',
        }),
      );
    });
  }

  get description(): string {
    return describeAdapter(this.info);
  }

  /** @throws DeviceError once the device is lost or has failed */
  check(): void {
    if (this.#problem) throw this.#problem;
  }

  /** @throws DeviceError `device-memory` when one buffer of the network is larger than the device binds */
  checkSize(model: ModelSpec, batchSize: number): void {
    const widest = Math.max(...lowerTraining(model, batchSize).buffers.map(({ width }) => width));
    const largest = 4 * Math.max(parameterCount(model), widest * batchSize);
    const limit = Math.min(this.device.limits.maxBufferSize, this.device.limits.maxStorageBufferBindingSize);
    if (largest <= limit) return;
    throw new DeviceError(
      'device-memory',
      `The network needs a buffer of ${largest} bytes; the graphics processor binds at most ${limit}.`,
      {
        advice: 'Use fewer units or a smaller batch, or choose the wasm device.',
      },
    );
  }

  /** What a read answers, or the error that makes it worthless. */
  async guard<Result>(read: Promise<Result>): Promise<Result> {
    try {
      const result = await read;
      this.check();
      return result;
    } catch (cause) {
      // The loss may be announced after the read that it broke.
      await yieldToEventLoop();
      this.check();
      throw new DeviceError('device-fault', 'The graphics processor did not give its results back.', {
        advice: 'Choose the wasm device.',
        cause,
      });
    }
  }

  /** From now on every use throws `device-lost`. */
  giveUp(reason: string): void {
    this.#fail(
      new DeviceError('device-lost', `The graphics processor was lost: ${reason}`, {
        advice: 'Go on from the last checkpoint, or choose the wasm device.',
      }),
    );
  }

  destroy(): void {
    this.#announceLoss = () => {};
    this.device.destroy();
  }

  /** What is computed after the first failure means nothing: it is the last that is heard of this device. */
  #fail(problem: DeviceError): void {
    this.#problem ??= problem;
    this.#announceLoss(problem.message);
  }
}

const noDevice = (message: string): DeviceError => new DeviceError('no-device', message, { advice: 'Choose wasm: it runs everywhere.' });
