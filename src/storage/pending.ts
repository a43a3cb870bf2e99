/**
 * Chunks that were put and that no commit has named yet, counted, since two writers may put the same bytes. Collecting
 * leaves them alone.
 */
export class Pending {
  readonly #counts = new Map<string, number>();

  add(hash: string): void {
    this.#counts.set(hash, (this.#counts.get(hash) ?? 0) + 1);
  }

  has(hash: string): boolean {
    return this.#counts.has(hash);
  }

  /** A writer gives the chunk up. Answers true when no other writer of this store is about to name it. */
  drop(hash: string): boolean {
    const left = (this.#counts.get(hash) ?? 1) - 1;
    if (left > 0) this.#counts.set(hash, left);
    else this.#counts.delete(hash);
    return left <= 0;
  }

  /** A record names the chunk from now on. */
  named(hash: string): void {
    this.#counts.delete(hash);
  }
}
