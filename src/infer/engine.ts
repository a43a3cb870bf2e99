/** The device that saved models answer on. */
import { DeviceError } from '../base/errors.js';
import type { DeviceOwner } from '../compute/devices.js';
import type { Engine } from '../compute/engine.js';

/**
 * wasm, since it answers a form in microseconds and needs no start-up, and gives the same bits everywhere; cpu where a host
 * has no SIMD.
 */
export async function openInferenceEngine(devices: DeviceOwner): Promise<Engine> {
  try {
    return await devices.engine('wasm');
  } catch (error) {
    if (error instanceof DeviceError && error.code === 'no-device') return devices.engine('cpu');
    throw error;
  }
}
