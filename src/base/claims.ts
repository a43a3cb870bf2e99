/**
 * Long work that one page or worker does at a time, over all tabs of this origin (by Web Locks, where the host has them). A record of work
 * that says it is going on without a claim was cut off: its tab or process ended.
 */
import type { BenchwrightError } from './errors.js';

export class Claims {
  readonly #own = new Set<string>();
  readonly #prefix: string;
  readonly #refusal: (id: string) => BenchwrightError;

  /** @param prefix of names in the browser's lock manager: tabs of different versions agree by it, so it must not change */
  constructor(prefix: string, refusal: (id: string) => BenchwrightError) {
    this.#prefix = prefix;
    this.#refusal = refusal;
  }

  /**
   * Answers the function that gives the claim back.
   * @throws what `refusal` makes, when somebody has it
   */
  async claim(id: string): Promise<() => void> {
    if (this.#own.has(id)) throw this.#refusal(id);
    this.#own.add(id);
    const unlock = await lock(this.#prefix + id);
    if (!unlock) {
      this.#own.delete(id);
      throw this.#refusal(id);
    }
    return () => {
      this.#own.delete(id);
      unlock();
    };
  }

  async active(): Promise<ReadonlySet<string>> {
    const held = (await locks()?.query().catch(withoutLocks))?.held ?? [];
    const names = held.flatMap(({ name }) => (name?.startsWith(this.#prefix) ? [name.slice(this.#prefix.length)] : []));
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
    const free = (): void => resolve(() => undefined);
    manager.request(name, { ifAvailable: true }, hold).catch(withoutLocks).then(free, reject);
  });
}

/** Where site data is blocked, locks are refused as well: then there is no other tab to keep away either. */
function withoutLocks(thrown: unknown): undefined {
  if (!(thrown instanceof Error) || thrown.name !== 'SecurityError') throw thrown;
}
