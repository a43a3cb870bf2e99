/**
 * Registers the service worker and says how far offline use is. An update waits until the user wishes it, and never comes
 * while a training runs in this or another tab: a training holds a shared Web Lock, taking over needs it exclusively.
 */
import { BenchwrightError } from '../../base/errors.js';
import { Emitter } from '../../base/events.js';
import { trustedScriptUrl } from './page-scripts.js';

/**
 * `unsupported`: the browser has no service workers here (a private window, no secure connection) · `installing`: being kept ·
 * `ready`: the application works without a network · `update-waiting`: it does, and a newer one is kept beside it ·
 * `failed`: it could not be kept, for want of room or a connection; the next visit tries again.
 */
export type OfflineState = 'unsupported' | 'installing' | 'ready' | 'update-waiting' | 'failed';

/** A name in the browser's lock manager; tabs of different versions agree by it, so it must not change. */
const trainingLock = 'benchwright-training';

const serviceWorkerFile = 'service-worker.js';

/**
 * Keeps updates away until the answered function is called. Hold it while a training runs.
 * Where a tab is just taking over an update, this one is loaded anew a moment later, as by a reload.
 */
export function holdUpdates(): () => void {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  void navigator.locks?.request(trainingLock, { mode: 'shared' }, () => released);
  return release;
}

export class Offline {
  readonly #workers: ServiceWorkerContainer | undefined = globalThis.navigator?.serviceWorker;
  readonly #changes = new Emitter<{ state: OfflineState }>();
  #state: OfflineState = this.#workers ? 'installing' : 'unsupported';
  #registration: ServiceWorkerRegistration | undefined;

  get state(): OfflineState {
    return this.#state;
  }

  /** Calls the listener with every new state. Answers the function that stops it. */
  listen(listener: (state: OfflineState) => void): () => void {
    return this.#changes.listen('state', listener);
  }

  /** Call once, when the first screen can be used: installing fetches the whole application. Never throws. */
  async start(): Promise<void> {
    const workers = this.#workers;
    if (!workers || this.#registration) return;
    let controlled = workers.controller !== null;
    workers.addEventListener('controllerchange', () => {
      // The first one to take a page over brings nothing newer.
      if (controlled) location.reload();
      controlled = true;
    });
    try {
      const script = trustedScriptUrl(new URL(serviceWorkerFile, document.baseURI));
      // 'all' lets the script come from the HTTP cache, so that a visit within its lifetime costs no request.
      const registration = await workers.register(script, { updateViaCache: 'all' });
      this.#registration = registration;
      this.#follow(registration);
      registration.addEventListener('updatefound', () => this.#follow(registration));
    } catch {
      this.#become(workers.controller ? 'ready' : 'failed');
    }
  }

  /** Asks the server for a newer version now. Answers whether one is waiting or on its way. */
  async lookForUpdate(): Promise<boolean> {
    const registration = this.#registration;
    if (!registration) return false;
    // Replaces the answer kept by the browser: `update` alone would be content with that.
    await fetch(new URL(serviceWorkerFile, document.baseURI), { cache: 'reload' });
    await registration.update();
    return Boolean(registration.installing ?? registration.waiting);
  }

  /**
   * Changes to the waiting version and loads every tab anew.
   * @throws BenchwrightError `training-runs` while a training runs in any tab
   */
  async applyUpdate(): Promise<void> {
    const waiting = this.#registration?.waiting;
    if (!waiting) return;
    await navigator.locks.request(trainingLock, { mode: 'exclusive', ifAvailable: true }, (lock) => {
      if (!lock) {
        throw new BenchwrightError('training-runs', 'The update waits: a training is running in this or another tab.', {
          advice: 'Apply it when the training has finished, or stop the training first.',
        });
      }
      waiting.postMessage('take-over');
      // Held until the page goes, so that no training starts between the message and the reload.
      return new Promise<void>((resolve) => addEventListener('pagehide', () => resolve(), { once: true }));
    });
  }

  #follow(registration: ServiceWorkerRegistration): void {
    const coming = registration.installing;
    coming?.addEventListener('statechange', () => this.#judge(registration, coming));
    this.#judge(registration, coming);
  }

  #judge(registration: ServiceWorkerRegistration, coming: ServiceWorker | null): void {
    if (registration.waiting && registration.active) this.#become('update-waiting');
    else if (registration.active) this.#become('ready');
    else this.#become(coming?.state === 'redundant' ? 'failed' : 'installing');
  }

  #become(state: OfflineState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#changes.emit('state', state);
  }
}

export const offline = new Offline();
