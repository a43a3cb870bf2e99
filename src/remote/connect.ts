/** The caller's side of the boundary: objects with the services' own interfaces, whose work is done in a worker. */
import { Caller } from './caller.js';
import type { LifeOptions } from './life.js';
import type { MethodKind, Shapes } from './shape.js';
import type { WorkerLike } from './worker-like.js';

export interface Connection<Services> {
  readonly services: Services;
  /** Ends the worker. What waits, and every later call, is rejected with WorkerError `worker-closed`. */
  close(): void;
}

/**
 * Answers at once: the worker is spawned by the first call. A call is rejected with WorkerError
 * - `worker-missing`, `worker-failed` or `worker-not-ready` when the worker does not start,
 * - `worker-died` or `worker-hung` when it ends or stops responding meanwhile; the next call starts a new one.
 */
export function connect<Services extends object>(
  spawn: () => WorkerLike,
  shapes: Shapes<Services>,
  options: LifeOptions = {},
): Connection<Services> {
  const caller = new Caller(spawn, options);
  const services: Record<string, object> = {};
  for (const [service, shape] of Object.entries<Record<string, MethodKind>>(shapes)) {
    const methods = Object.entries(shape).map(([method, kind]) => {
      const target = { service, method, kind };
      const call = (...given: unknown[]): unknown => (kind === 'stream' ? caller.stream(target, given) : caller.value(target, given));
      return [method, call] as const;
    });
    services[service] = Object.fromEntries(methods);
  }
  return { services: services as Services, close: () => caller.close() };
}
