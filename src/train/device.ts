/** The device of a training: measured for its very network, or the one that an earlier part of the same work was done on. */
import { DeviceError } from '../base/errors.js';
import type { DeviceOwner } from '../compute/devices.js';
import type { DeviceChoice } from '../spec/device.js';
import type { DevicePreference } from '../spec/device-name.js';
import type { Recipe } from './recipe.js';

export async function chooseDevice(
  devices: DeviceOwner,
  { model, batchSize }: Recipe,
  preference: DevicePreference,
  earlier?: DeviceChoice,
): Promise<DeviceChoice> {
  if (!earlier) return devices.choose(model, batchSize, preference);
  try {
    // Only the same device goes on to the last digit.
    const again = await devices.choose(model, batchSize, earlier.device);
    return { ...again, trials: earlier.trials, reason: 'It was begun on it.' };
  } catch (error) {
    if (!(error instanceof DeviceError) || error.code !== 'no-device') throw error;
    const other = await devices.choose(model, batchSize, 'auto');
    return { ...other, reason: `It was begun on ${earlier.device}, which is not here. ${other.reason}` };
  }
}
