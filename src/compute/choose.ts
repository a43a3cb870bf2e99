/**
 * The choice of a device, by measuring the very model: wasm first, then webgpu where it could win, webgl where webgpu does not work, cpu
 * only where nothing does. A candidate that fails, hangs, is lost or answers wrongly is passed over and says why.
 */
import { milliseconds } from '../base/clock.js';
import { BenchwrightError, DeviceError } from '../base/errors.js';
import type { DeviceChoice, DeviceTrial } from '../spec/device.js';
import type { DeviceName } from '../spec/device-name.js';
import type { ModelSpec } from '../spec/model.js';
import type { DeviceDescription, StepTime } from './devices.js';
import type { Engine } from './engine.js';
import { isSoftwareGraphics } from './software-graphics.js';
import { withinTime } from './time-limit.js';
import { compareLosses, exerciseFor, exerciseOf, type Trial, type TrialLimits, tryDevice } from './trial.js';

/** Milliseconds that a trial may take, and that a graphics processor may take to start. */
const limits = { wasm: 250, opening: 350, graphics: 300, cpu: 300 };

/** Milliseconds for all ways to a graphics processor together, so that choosing does not cost more than it gains. */
const patienceForGraphics = 700;

/** Less is not worth a start, in milliseconds. */
const leastForGraphics = 150;

/** Milliseconds to start what runs everywhere: a busy machine is not a reason to do without it. */
const startingPatience = 1_500;

/** Milliseconds for the last candidate, when every other one has failed. */
const lastPatience = 20_000;

/** What an eager step costs in JavaScript alone, in milliseconds: below this no graphics processor is worth waking. */
const leastGraphicsStep = 0.5;

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

  /** @param deadline on the clock, for those that need not be waited for */
  const attempt = async (device: DeviceName, opening: number, limit: TrialLimits, deadline = Number.POSITIVE_INFINITY): Promise<void> => {
    const { available: there, description } = describe(available, device);
    const trial: DeviceTrial = { device, description };
    trials.push(trial);
    const skipped = there ? reasonToSkip(device, best, trials) : description;
    if (skipped !== undefined) {
      trial.problem = skipped;
      return;
    }
    const left = (most: number): number => Math.min(most, deadline - milliseconds());
    try {
      if (left(leastForGraphics) < leastForGraphics) throw tooLate(device);
      const engine = await withinTime(left(opening), `Starting ${device}`, open(device));
      trial.description = engine.description;
      const abandonAbove = best && clearlySlower * best.milliseconds;
      const result = await tryDevice(engine, exercise, { ...limit, measuring: left(limit.measuring), abandonAbove });
      if (best) compareLosses(engine, result.losses, best.losses);
      trial.milliseconds = result.milliseconds;
      if (!best || result.milliseconds < best.milliseconds) best = { ...result, device };
    } catch (error) {
      trial.problem = error instanceof Error ? error.message : String(error);
      if (error instanceof BenchwrightError && error.code === 'device-slow') settled = false;
    }
  };

  await attempt('wasm', startingPatience, { measuring: limits.wasm, patience: startingPatience });
  const deadline = milliseconds() + patienceForGraphics;
  for (const device of ['webgpu', 'webgl'] as const) await attempt(device, limits.opening, { measuring: limits.graphics }, deadline);
  await attempt('cpu', 4 * startingPatience, { measuring: limits.cpu, patience: lastPatience });
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

/** Verifies the device that was asked for and says how fast it is. @param patience in milliseconds */
export async function verifyDevice(model: ModelSpec, batchSize: number, engine: Engine, patience: number): Promise<DeviceTrial> {
  const limit = { measuring: limits.graphics, patience, abandonAbove: 0 };
  const { milliseconds: step } = await tryDevice(engine, exerciseFor(model, batchSize), limit);
  return { device: engine.device, description: engine.description, milliseconds: step };
}

/** Milliseconds in which steps of a whole batch are measured, once the first is done. */
const measuringWhole = 1_500;

/** Verifies the device and times a step of a whole batch. @param patience in milliseconds */
export async function timeStep(
  model: ModelSpec,
  batchSize: number,
  engine: Engine,
  limit: { patience: number; signal?: AbortSignal | undefined },
): Promise<StepTime> {
  const { milliseconds: step } = await tryDevice(engine, exerciseOf(model, batchSize), { measuring: measuringWhole, ...limit });
  return { device: engine.device, description: engine.description, milliseconds: step };
}

function describe(available: DeviceDescription[], device: DeviceName): DeviceDescription {
  return available.find((candidate) => candidate.device === device) ?? { device, available: false, description: `${device} is not there.` };
}

function reasonToSkip(device: DeviceName, best: Trial | undefined, trials: DeviceTrial[]): string | undefined {
  if (!best || device === 'wasm') return undefined;
  if (device === 'cpu') return 'Not tried: it is what remains when nothing faster works.';
  if (best.milliseconds < leastGraphicsStep) {
    return `Not tried: a step takes wasm ${inWords(best.milliseconds)}, less than handing the work to a graphics processor would.`;
  }
  // They compile for seconds, and nothing can interrupt them.
  if (device === 'webgl' && isSoftwareGraphics(trials[trials.length - 1].description)) {
    return 'Not tried: its graphics are computed by the processor, which wasm makes better use of.';
  }
  const webgpuWorks = trials.some((trial) => trial.device === 'webgpu' && trial.milliseconds !== undefined);
  return device === 'webgl' && webgpuWorks ? 'Not tried: webgpu reaches the same graphics processor, and works.' : undefined;
}

const tooLate = (device: DeviceName): DeviceError =>
  new DeviceError('device-slow', `Not tried: no time was left for ${device}.`, { advice: 'Choose it by name to see what it can do.' });

function reasonFor(trials: DeviceTrial[], chosen: DeviceTrial): string {
  const others = trials.filter((trial) => trial !== chosen && trial.milliseconds !== undefined);
  const figures = [chosen, ...others].map(({ device, milliseconds }) => `${device} ${inWords(milliseconds as number)}`).join(', ');
  return `Measured with this model: ${figures} a step.`;
}

function inWords(milliseconds: number): string {
  const decimals = milliseconds < 0.1 ? 3 : milliseconds < 10 ? 2 : 0;
  return `${milliseconds.toFixed(decimals)} ms`;
}
