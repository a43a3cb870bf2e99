/**
 * Which runs are at work now, here or in another tab of this origin (by Web Locks, where the host has them). A run whose
 * record says `running` without a claim was cut off: its tab or process ended.
 */
import { InputError } from '../base/errors.js';

/** A name in the browser's lock manager: tabs of different versions agree by it, so it must not change. */
const lockPrefix = 'benchwright run ';

export class Claims {
  readonly #own = new Set<string>();

  /**
   * Answers the function that gives the claim back.
   * @throws InputError `run-active` when somebody has it
   */
  async claim(run: string): Promise<() => void> {
    if (this.#own.has(run)) throw alreadyActive(run);
    this.#own.add(run);
    const unlock = await lock(lockPrefix + run);
    if (!unlock) {
      this.#own.delete(run);
      throw alreadyActive(run);
    }
    return () => {
      this.#own.delete(run);
      unlock();
    };
  }

  async active(): Promise<ReadonlySet<string>> {
    const held = (await locks()?.query())?.held ?? [];
    const names = held.flatMap(({ name }) => (name?.startsWith(lockPrefix) ? [name.slice(lockPrefix.length)] : []));
    return new Set([...names, ...this.#own]);
  }
}

/** Node 20 has no navigator, and a page without a secure context no locks. */
const locks = (): LockManager | undefined => (globalThis as { navigator?: { locks?: LockManager } }).navigator?.locks;

/** Takes a lock now or not at all. Answers the function that gives it back. */
function lock(name: string): Promise<(() => void) | undefined> {
  const manager = locks();
  if (!manager) return Promise.resolve(() => undefined);
  return new Promise((resolve, reject) => {
    const hold = (granted: Lock | null): Promise<void> | undefined => {
      if (granted) return new Promise((release) => resolve(release));
      resolve(undefined);
      return undefined;
    };
    manager.request(name, { ifAvailable: true }, hold).catch(reject);
  });
}

const alreadyActive = (run: string): InputError =>
  new InputError('run-active', `Run ${run} is being trained right now.`, {
    advice: 'Wait for it, or stop it where it was started.',
    place: { run },
  });
