/** Waiting, but not for ever: drivers hang. */
import { DeviceError } from '../base/errors.js';

/**
 * Settles as the promise does, or rejects after so many milliseconds; the work itself goes on.
 * @throws DeviceError `device-slow` saying what took too long
 */
export function withinTime<Result>(milliseconds: number, what: string, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(
        new DeviceError('device-slow', `${what} took longer than ${Math.round(milliseconds)} ms.`, { advice: 'Choose the wasm device.' }),
      );
    }, milliseconds);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
