/** Files of the build that a service worker keeps once they are used: too large for everybody to load, and there offline for those who need them. */

/** A name in the browser's cache storage: changing it loses what is kept, which is loaded again. */
const cacheName = 'benchwright-kept-later';

export class KeptLater {
  readonly #addresses: ReadonlySet<string>;

  /** @param files whose names carry a hash, relative to the scope */
  constructor(files: readonly string[], scope: string) {
    this.#addresses = new Set(files.map((file) => new URL(file, scope).href));
  }

  has(address: string): boolean {
    return this.#addresses.has(address);
  }

  /** @param whileKept keeps the worker alive until the file is kept; where there is no room for it, it is only answered */
  async answer(request: Request, whileKept: (kept: Promise<unknown>) => void): Promise<Response> {
    const cache = await caches.open(cacheName);
    const found = await cache.match(request.url);
    if (found) return found;
    const response = await fetch(request);
    if (response.ok) whileKept(cache.put(request.url, response.clone()).catch(() => undefined));
    return response;
  }

  /** Lets go of files of older versions. */
  async tidy(): Promise<void> {
    const cache = await caches.open(cacheName);
    for (const { url } of await cache.keys()) if (!this.has(url)) await cache.delete(url);
  }
}
