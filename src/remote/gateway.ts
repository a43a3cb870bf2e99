/**
 * The five messages that a page sends to a worker. They travel by comlink; errors come back as values, because comlink
 * would lose their class and fields, and its handlers are one global table that is not ours to change.
 */
import type { WireError } from '../base/errors.js';
import type { WireArguments } from './arguments.js';
import type { MethodKind } from './shape.js';

export interface Call {
  /** Chosen by the caller; `resume` and `abort` name it. */
  id: number;
  service: string;
  method: string;
  kind: MethodKind;
  arguments: WireArguments;
}

/** What an async generator can be asked for. */
export type Step = { kind: 'next' | 'return'; value?: unknown } | { kind: 'throw'; error: WireError };

export type Reply = { value: unknown } | { error: WireError };

export interface Gateway {
  /** Makes the services. `life` names the lock that the worker holds as long as it lives. */
  start(life: string, setup: unknown): Promise<Reply>;
  /** A `stream` answers nothing yet: its generator waits for `resume`. */
  call(call: Call): Promise<Reply>;
  /** Answers an `IteratorResult`. */
  resume(id: number, step: Step): Promise<Reply>;
  /** Aborts the call's nth signal. */
  abort(id: number, signal: number, reason: WireError): void;
  /** Answers as soon as the worker's event loop turns. */
  beat(): void;
}

/** Posted by the worker once it listens. */
export const readyMessage = 'benchwright-worker-ready';
