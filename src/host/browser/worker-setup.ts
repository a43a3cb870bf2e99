/** What a page tells its workers when it starts them. */
import type { DevicePreference } from '../../spec/device-name.js';

export interface WorkerSetup {
  /** The database; undefined is the default one. */
  path?: string;
  /** The page's address, beside which the built-in tables lie. */
  base: string;
  device: DevicePreference;
  threads: number;
}

/** The engine worker's, when nothing is to be kept and it holds everything. */
export interface MemorySetup extends WorkerSetup {
  /** The BroadcastChannel on which it says which kinds of records changed. */
  changes: string;
}
