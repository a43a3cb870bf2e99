/**
 * The choice of a device, by measuring the very model: wasm first, then webgpu where it could win, cpu only where neither works. A candidate
 * that fails, hangs, is lost or answers wrongly is passed over and says why.
 */
import { BenchwrightError, DeviceError } from '../base/errors.js';
import type { DeviceChoice, DeviceTrial } from '../spec/device.js';
import type { DeviceName } from '../spec/device-name.js';
import type { ModelSpec } from '../spec/model.js';
import type { DeviceDescription } from './devices.js';
import type { Engine } from './engine.js';
import { withinTime } from './time-limit.js';
import { compareLosses, exerciseFor, type Trial, tryDevice } from './trial.js';

/** Milliseconds. Together under a second, so that choosing does not cost more than it gains. */
const limits = { wasm: 250, webgpuOpening: 350, webgpu: 300, cpu: 300 };

/** Milliseconds to start what runs everywhere: a busy machine is not a reason to do without it. */
const startingPatience = 1_500;

/** What an eager step costs in JavaScript alone, in milliseconds: below this no graphics processor is worth waking. */
const leastWebgpuStep = 0.5;

/** How many times slower than the best a step may be before a trial ends. */
const clearlySlower = 3;

export interface Candidates {
  available: DeviceDescription[];
  open(device: DeviceName): Promise<Engine>;
}

export interface Measured {
  choice: DeviceChoice;
  /** False when a candidate was only not ready in time: it may be the next time. */
  settled: boolean;
}

/** @throws DeviceError `no-device` when nothing here can run the model; its causes stand in the message */
export async function measureDevices(model: ModelSpec, batchSize: number, { available, open }: Candidates): Promise<Measured> {
  const exercise = exerciseFor(model, batchSize);
  const trials: DeviceTrial[] = [];
  let settled = true;
  let best: (Trial & { device: DeviceName }) | undefined;

  const attempt = async (device: DeviceName, openingLimit: number, limit: number): Promise<void> => {
    const { available: there, description } = describe(available, device);
    const trial: DeviceTrial = { device, description };
    trials.push(trial);
    const skipped = there ? reasonToSkip(device, best) : description;
    if (skipped !== undefined) {
      trial.problem = skipped;
      return;
    }
    try {
      const engine = await withinTime(openingLimit, `Starting ${device}`, open(device));
      trial.description = engine.description;
      const result = await tryDevice(engine, exercise, limit, best && clearlySlower * best.milliseconds);
      if (best) compareLosses(engine, result.losses, best.losses);
      trial.milliseconds = result.milliseconds;
      if (!best || result.milliseconds < best.milliseconds) best = { ...result, device };
    } catch (error) {
      trial.problem = error instanceof Error ? error.message : String(error);
      if (error instanceof BenchwrightError && error.code === 'device-slow') settled = false;
    }
  };

  await attempt('wasm', startingPatience, limits.wasm);
  await attempt('webgpu', limits.webgpuOpening, limits.webgpu);
  await attempt('cpu', 4 * startingPatience, limits.cpu);
  if (!best) {
    const problems = trials.map(({ device, problem }) => `${device}: ${problem}`).join(' ');
    throw new DeviceError('no-device', `No device here can run this model. ${problems}`, {
      advice: 'Use a smaller model or batch, or another browser.',
    });
  }
  const chosen = trials.find(({ device }) => device === best?.device) as DeviceTrial;
  return {
    choice: { device: chosen.device, description: chosen.description, trials, reason: reasonFor(trials, chosen), remembered: false },
    settled,
  };
}

/** Verifies the device that was asked for and says how fast it is. */
export async function verifyDevice(model: ModelSpec, batchSize: number, engine: Engine, limit: number): Promise<DeviceTrial> {
  const { milliseconds } = await tryDevice(engine, exerciseFor(model, batchSize), limit, 0);
  return { device: engine.device, description: engine.description, milliseconds };
}

function describe(available: DeviceDescription[], device: DeviceName): DeviceDescription {
  return available.find((candidate) => candidate.device === device) ?? { device, available: false, description: `${device} is not there.` };
}

function reasonToSkip(device: DeviceName, best: Trial | undefined): string | undefined {
  if (!best) return undefined;
  if (device === 'cpu') return 'Not tried: it is what remains when nothing faster works.';
  if (device === 'webgpu' && best.milliseconds < leastWebgpuStep) {
    return `Not tried: a step takes wasm ${inWords(best.milliseconds)}, less than handing the work to a graphics processor would.`;
  }
  return undefined;
}

function reasonFor(trials: DeviceTrial[], chosen: DeviceTrial): string {
  const others = trials.filter((trial) => trial !== chosen && trial.milliseconds !== undefined);
  const figures = [chosen, ...others].map(({ device, milliseconds }) => `${device} ${inWords(milliseconds as number)}`).join(', ');
  return `Measured with this model: ${figures} a step.`;
}

function inWords(milliseconds: number): string {
  const decimals = milliseconds < 0.1 ? 3 : milliseconds < 10 ? 2 : 0;
  return `${milliseconds.toFixed(decimals)} ms`;
}
