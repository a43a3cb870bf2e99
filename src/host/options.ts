/** Checks what `createWorkbench` is given: hosts differ in where they can keep things, and in nothing else. */
import { InputError } from '../base/errors.js';
import type { DevicePreference } from '../spec/device-name.js';
import type { WorkbenchOptions } from './workbench.js';

type Storage = NonNullable<WorkbenchOptions['storage']>;

export interface HostStorage {
  /** The host in words, for messages. */
  host: string;
  /** Where it can keep things; the first is the default. */
  storage: readonly [Storage, ...Storage[]];
}

export interface CheckedOptions {
  storage: Storage;
  path?: string;
  device: DevicePreference;
  threads: number;
}

const known = ['storage', 'path', 'device', 'threads'];
const mostThreads = 256;

/** Written out, since the schema would bring the whole validator into the page's first bytes. */
const devices: Record<DevicePreference, true> = { auto: true, webgpu: true, webgl: true, wasm: true, cpu: true };

/** @throws InputError `invalid-options`, naming the option, what was given and what was expected */
export function checkOptions(options: WorkbenchOptions, host: HostStorage): CheckedOptions {
  if (typeof options !== 'object' || options === null) {
    throw new InputError('invalid-options', `createWorkbench was given ${String(options)}, not an object of options.`, {
      advice: `Give an object with ${known.join(', ')}, or nothing.`,
    });
  }
  const stranger = Object.keys(options).find((name) => !known.includes(name));
  if (stranger !== undefined) refuse(stranger, `createWorkbench has no option "${stranger}".`, `Its options are ${known.join(', ')}.`);
  const { storage = host.storage[0], path, device = 'auto', threads = defaultThreads() } = options;
  if (!host.storage.includes(storage)) {
    refuse('storage', `"${String(storage)}" is no storage of ${host.host}.`, `Choose ${quoted(host.storage)}.`);
  }
  if (path !== undefined && (typeof path !== 'string' || path === '')) refuse('path', 'path must be text that is not empty.', pathAdvice);
  if (storage === 'files' && path === undefined) refuse('path', 'storage "files" needs a path.', pathAdvice);
  if (!Object.hasOwn(devices, device)) refuse('device', `"${String(device)}" is no device.`, `Choose ${quoted(Object.keys(devices))}.`);
  if (!Number.isInteger(threads) || threads < 1 || threads > mostThreads) {
    refuse('threads', `threads is ${String(threads)}.`, `Give a whole number from 1 to ${mostThreads}, or leave it out.`);
  }
  return { storage, path, device, threads };
}

const pathAdvice = 'Give the folder of "files", or the database name of "indexeddb".';

/** One core is left to the page. */
const defaultThreads = (): number => Math.max(1, (globalThis.navigator?.hardwareConcurrency ?? 2) - 1);

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(' or ');

function refuse(option: string, message: string, advice: string): never {
  throw new InputError('invalid-options', message, { advice, place: { option } });
}
