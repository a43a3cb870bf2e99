/**
 * The service worker only caches and routes: the application is kept at installation, its largest files once they are used, and answered from there;
 * what is asked of models goes to the page that leads (`src/host/browser/serving`). It starts no workers and imports nothing later. A newer one
 * waits until a page asks it to take over (`src/host/browser/offline.ts`).
 */
import { PrecacheController } from 'workbox-precaching/PrecacheController.js';
import { KeptLater } from '../src/host/browser/kept-later.js';
import { Cancels } from '../src/host/browser/serving/cancels.js';
import { leaderLock } from '../src/host/browser/serving/messages.js';
import { Relay } from '../src/host/browser/serving/relay.js';
import { untilGone } from '../src/host/browser/serving/until-gone.js';
import { isServed } from '../src/serve/paths.js';

declare const self: ServiceWorkerGlobalScope;
/** Every file of the build with its hash, put here by scripts/build.mjs. */
declare const PRECACHE_ENTRIES: { url: string; revision: string | null }[];
/** Large files of the build, kept when they are first used. */
declare const LATER_ENTRIES: string[];
/** Static routes (https://w3c.github.io/ServiceWorker/#service-worker-static-router), where a browser has them. */
type InstallEventWithRoutes = ExtendableEvent & {
  addRoutes?(rule: { condition: { urlPattern: string }; source: 'fetch-event' }): Promise<void>;
};

const page = 'index.html';
const kept = new PrecacheController();
kept.addToCacheList(PRECACHE_ENTRIES);
const later = new KeptLater(LATER_ENTRIES, self.registration.scope);

/** The kept file that answers a request, as an address; undefined leaves the request to the network. */
function keptAddress(request: Request): string | undefined {
  if (request.method !== 'GET') return undefined;
  const { origin, pathname } = new URL(request.url);
  const address = new URL(pathname, origin).href;
  if (kept.getCacheKeyForURL(address)) return address;
  // Places in the application stand behind the #, so that every page below the scope is the same document.
  return request.mode === 'navigate' ? new URL(page, self.registration.scope).href : undefined;
}

/** Every page, also those that no service worker controls yet. */
const relay = new Relay({
  async isLed() {
    const { held = [], pending = [] } = await navigator.locks.query();
    return [...held, ...pending].some(({ name }) => name === leaderLock);
  },
  open: () => self.clients.matchAll({ type: 'window', includeUncontrolled: true }),
});

/**
 * Below the scope, what the protocols answer; undefined of everything else. Scripts that reach a service worker are of its origin; of other sites
 * there come navigations alone, and a form of theirs is not to be answered.
 */
function askedPath({ url, method, mode }: Request): string | undefined {
  const { origin, pathname, search } = new URL(url);
  const scope = new URL(self.registration.scope);
  if (origin !== scope.origin || !pathname.startsWith(scope.pathname) || (mode === 'navigate' && method !== 'GET')) return undefined;
  const path = pathname.slice(scope.pathname.length - 1);
  return isServed(path) ? path + search : undefined;
}

const cancels = new Cancels();

async function answered({ request, clientId }: FetchEvent, path: string): Promise<Response> {
  const named = cancels.begin(request);
  const cancelled = named.signal ? AbortSignal.any([request.signal, named.signal]) : request.signal;
  const { signal, stop } = untilGone(cancelled, async () => clientId === '' || (await self.clients.get(clientId)) !== undefined);
  try {
    return await relay.answer(request, path, signal);
  } finally {
    stop();
    named.end();
  }
}

self.addEventListener('install', (event) => {
  void kept.install(event);
  // Some browsers ask the network beside a service worker that has to be started first. Every visit would cost that request.
  (event as InstallEventWithRoutes).addRoutes?.({ condition: { urlPattern: '/*' }, source: 'fetch-event' });
});

self.addEventListener('activate', (event) => {
  void kept.activate(event);
  event.waitUntil(later.tidy());
  // The page of the first visit, which no service worker controls yet, works offline from now on too.
  event.waitUntil(self.clients.claim());
});

self.addEventListener('fetch', (event) => {
  const path = askedPath(event.request);
  if (path !== undefined) return event.respondWith(answered(event, path));
  if (event.request.method === 'GET' && later.has(event.request.url))
    return event.respondWith(later.answer(event.request, (kept) => event.waitUntil(kept)));
  const address = keptAddress(event.request);
  if (address) event.respondWith(kept.createHandlerBoundToURL(address)({ event, request: event.request, url: new URL(address) }));
});

self.addEventListener('message', (event) => {
  if (event.data === 'take-over') event.waitUntil(self.skipWaiting());
  cancels.hear(event.data);
});
