/**
 * Death without a message: a worker that closes itself or is killed raises no event. It holds a Web Lock while it lives, and
 * whoever waits for that lock gets it the moment it is gone. Where there are no Web Locks (plain http, Node) the heartbeat
 * finds out, later.
 */

const locks = (): LockManager | undefined => globalThis.navigator?.locks;

/** In the worker: holds the lock until the worker's end. */
export function holdLife(name: string): Promise<void> {
  return new Promise((held) => {
    const manager = locks();
    if (!manager) return held();
    const forEver = new Promise<never>(() => {});
    manager
      .request(name, () => {
        held();
        return forEver;
      })
      .catch(() => held());
  });
}

/** Outside: calls `died` when the holder is gone, for whatever reason. */
export function awaitDeath(name: string, died: () => void): void {
  locks()
    ?.request(name, died)
    .catch(() => undefined);
}
