/** The devices of this machine and the choice among them, by measuring the very model. */
import type { DeviceChoice } from '../spec/device.js';
import type { DeviceName, DevicePreference } from '../spec/device-name.js';
import type { ModelSpec } from '../spec/model.js';
import type { Counters, Engine } from './engine.js';

export interface DeviceDescription {
  device: DeviceName;
  available: boolean;
  /** The adapter or processor in words, or why there is none. */
  description: string;
}

export interface StepTime {
  device: DeviceName;
  /** The adapter or processor in words. */
  description: string;
  /** Of one step of a whole batch: the median of those measured. */
  milliseconds: number;
}

export interface Devices {
  available(): Promise<DeviceDescription[]>;
  /**
   * Chooses by measuring a few steps of the model with a small batch: wasm first, a time limit for each candidate. The
   * choice is verified (outputs against cpu), remembered for the model's shape and answered at once the next time.
   * @throws DeviceError `no-device` when the device asked for is not there
   */
  choose(model: ModelSpec, batchSize: number, preference: DevicePreference): Promise<DeviceChoice>;
  /**
   * Times a training step of the model with a whole batch, on the device asked for or the one that would be chosen.
   * @throws DeviceError as `choose`; AbortError
   */
  measure(model: ModelSpec, batchSize: number, preference: DevicePreference, signal?: AbortSignal): Promise<StepTime>;
  /** What is alive on every opened device. */
  counters(): Promise<Counters>;
}

/** Inside the engine's own thread: also hands out the engine. It owns the GPU device. */
export interface DeviceOwner extends Devices {
  engine(device: DeviceName): Promise<Engine>;
  dispose(): void;
}
