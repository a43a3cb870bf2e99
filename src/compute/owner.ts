/** The owner of this thread's devices: opens each once, chooses among them, remembers the choice, and closes all. */
import * as z from 'zod/mini';
import { DeviceError } from '../base/errors.js';
import { sha256 } from '../base/hash.js';
import { DeviceChoice } from '../spec/device.js';
import type { DeviceName, DevicePreference } from '../spec/device-name.js';
import type { ModelSpec } from '../spec/model.js';
import { measureDevices, timeStep, verifyDevice } from './choose.js';
import { describeDevices } from './describe.js';
import type { DeviceDescription, DeviceOwner, StepTime } from './devices.js';
import type { Counters, Engine } from './engine.js';
import { withinTime } from './time-limit.js';
import { openWasmEngine } from './wasm/engine.js';

export interface DeviceOwnerOptions {
  /** What was remembered under the key, or undefined. It is checked before it is believed. */
  recall(key: string): Promise<unknown>;
  remember(key: string, value: unknown): Promise<void>;
  /** How a device is opened; a host or a test may bring its own. */
  open?(device: DeviceName): Promise<Engine>;
}

/** Changed when the kernels change so much that old measurements mean nothing. */
const measurementVersion = 2;
/** Milliseconds for a device that was asked for by name: it may take its time, but not for ever. */
const patience = 20_000;

/** `settled` is false when a candidate was not ready in time: it gets one more chance, warmed up. */
const Remembered = z.object({ choice: DeviceChoice, settled: z.boolean() });
type Remembered = z.infer<typeof Remembered>;

export function createDeviceOwner({ recall, remember, open = openEngine }: DeviceOwnerOptions): DeviceOwner {
  const engines = new Map<DeviceName, Promise<Engine>>();
  const opened = new Map<DeviceName, Engine>();
  let described: Promise<DeviceDescription[]> | undefined;
  let disposed = false;

  const forget = (device: DeviceName): void => {
    engines.delete(device);
    opened.delete(device);
    described = undefined;
  };

  const openOnce = async (device: DeviceName): Promise<Engine> => {
    try {
      const engine = await open(device);
      if (disposed) engine.dispose();
      else opened.set(device, engine);
      // A lost device is opened anew when it is asked for again. What it may still hold is let go of first.
      void engine.lost.then(() => {
        if (opened.get(device) === engine) forget(device);
        engine.dispose();
      });
      return engine;
    } catch (error) {
      forget(device);
      throw error;
    }
  };

  const engine = (device: DeviceName): Promise<Engine> => {
    if (disposed)
      return Promise.reject(new DeviceError('no-device', 'The devices have been closed.', { advice: 'Open the workbench again.' }));
    const pending = engines.get(device) ?? openOnce(device);
    engines.set(device, pending);
    return pending;
  };

  const available = (): Promise<DeviceDescription[]> => {
    described ??= describeDevices();
    return described;
  };

  const asked = async (model: ModelSpec, batchSize: number, device: DeviceName): Promise<DeviceChoice> => {
    const descriptions = await available();
    if (!descriptions.some((candidate) => candidate.device === device && candidate.available)) throw noSuchDevice(device, descriptions);
    const trial = await verifyDevice(model, batchSize, await withinTime(patience, `Starting ${device}`, engine(device)), patience);
    return { device, description: trial.description, trials: [trial], reason: 'Asked for by name.', remembered: false };
  };

  const recalled = async (key: string): Promise<Remembered | undefined> => {
    const found = Remembered.safeParse(await recall(key));
    return found.success ? found.data : undefined;
  };

  /** Whether the device that was chosen before still starts. */
  const starts = (device: DeviceName): Promise<boolean> =>
    withinTime(patience, `Starting ${device}`, engine(device)).then(
      () => true,
      () => false,
    );

  const choose = async (model: ModelSpec, batchSize: number, preference: DevicePreference): Promise<DeviceChoice> => {
    if (preference !== 'auto') return asked(model, batchSize, preference);
    const descriptions = await available();
    const machine = [globalThis.navigator?.userAgent, globalThis.navigator?.hardwareConcurrency, descriptions];
    const key = `device-choice:${await sha256(JSON.stringify([measurementVersion, machine, model, batchSize]))}`;
    const known = await recalled(key);
    if (known?.settled && (await starts(known.choice.device))) return { ...known.choice, remembered: true };
    const { choice, settled } = await measureDevices(model, batchSize, { available: descriptions, open: engine });
    await remember(key, { choice, settled: settled || known !== undefined });
    return choice;
  };

  return {
    available,
    engine,
    choose,

    async measure(model, batchSize, preference, signal): Promise<StepTime> {
      const { device } = preference === 'auto' ? await choose(model, batchSize, preference) : { device: preference };
      const opened = await withinTime(patience, `Starting ${device}`, engine(device));
      return timeStep(model, batchSize, opened, { patience, signal });
    },

    async counters(): Promise<Counters> {
      const all = [...opened.values()].map((device) => device.counters());
      return { tensors: all.reduce((sum, { tensors }) => sum + tensors, 0), bytes: all.reduce((sum, { bytes }) => sum + bytes, 0) };
    },

    dispose(): void {
      disposed = true;
      for (const device of opened.values()) device.dispose();
      opened.clear();
      engines.clear();
    },
  };
}

/** tfjs is loaded when first needed: neither the page nor a command pays for it otherwise. */
async function openEngine(device: DeviceName): Promise<Engine> {
  return device === 'wasm' ? openWasmEngine() : (await import('./tfjs/engine.js')).openTfjsEngine(device);
}

function noSuchDevice(device: DeviceName, descriptions: DeviceDescription[]): DeviceError {
  const there = descriptions.filter((candidate) => candidate.available).map((candidate) => candidate.device);
  const why = descriptions.find((candidate) => candidate.device === device)?.description ?? '';
  return new DeviceError('no-device', `The device "${device}" is not there. ${why} There is: ${there.join(', ')}.`, {
    advice: `Choose ${there.join(' or ')}, or auto.`,
    place: { device },
  });
}
