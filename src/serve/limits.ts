/** How much one caller may ask of a server. */
export interface Limits {
  /** Of a request's body. */
  bytes: number;
  /** Lists and objects within one another. */
  depth: number;
  /** Of one request. */
  rows: number;
  /** Requests of one model that wait for their turn. */
  waiting: number;
  /** Milliseconds from a request to its answer. */
  time: number;
}

export const usualLimits: Limits = { bytes: 32 * 2 ** 20, depth: 16, rows: 10_000, waiting: 1_000, time: 60_000 };
