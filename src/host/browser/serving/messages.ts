/**
 * What passes between the service worker and the inference worker, over a port that a page has lent. A service worker may be older or newer than
 * the page: a message of another shape is left alone, and who waits for its answer is told when the time is over.
 */

/** The service worker's, to every page: whoever leads gives the port that comes with it to its inference worker. */
export const wanted = 'benchwright-serving-wanted';

/** The Web Lock of the page that leads: pages and service workers of all versions agree by it, so it must not change. */
export const leaderLock = 'benchwright-serving';

/** The inference worker's first, once it listens. */
export interface Ready {
  kind: 'ready';
  /** A Web Lock that it holds as long as it lives. */
  life: string;
}

export interface Ask {
  kind: 'ask';
  id: number;
  method: string;
  /** Below the scope, with what stands behind "?". */
  path: string;
  headers: [string, string][];
  /** Moved. */
  body?: ArrayBuffer;
}

/** Nobody waits for the answer any more. */
export interface Cancel {
  kind: 'cancel';
  id: number;
}

export interface Answer {
  kind: 'answer';
  id: number;
  status: number;
  headers: [string, string][];
  /** Moved. */
  body: ArrayBuffer;
}
