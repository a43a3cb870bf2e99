/** What the user prefers on this machine, kept between visits. Without storage (a private window) it lasts for the visit. */
import { createContext } from '@lit/context';
import { type DevicePreference, deviceNames } from '../../spec/device-name.js';
import { Observable } from '../observable.js';

/** A name in the browser's storage: renaming it forgets what people chose. */
const deviceKey = 'benchwright.device';

const isPreference = (value: string | null): value is DevicePreference => value === 'auto' || deviceNames.some((name) => name === value);

export class Preferences extends Observable {
  #device: DevicePreference = 'auto';

  constructor() {
    super();
    try {
      const kept = localStorage.getItem(deviceKey);
      if (isPreference(kept)) this.#device = kept;
    } catch {
      // Storage is closed to this page: the default stands.
    }
  }

  get device(): DevicePreference {
    return this.#device;
  }

  set device(device: DevicePreference) {
    this.#device = device;
    try {
      localStorage.setItem(deviceKey, device);
    } catch {
      // As above: it lasts for the visit.
    }
    this.changed();
  }
}

export const preferencesContext = createContext<Preferences>(Symbol('preferences'));
