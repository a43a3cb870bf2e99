/**
 * Every error that Benchwright raises: a class, a stable `code`, a message that names the value and the place, advice on
 * what to do, and the `cause`. `toWire` and `fromWire` carry them across a worker or network boundary without loss.
 */

export interface ErrorDetails {
  /** What to do now, in one sentence. */
  advice?: string;
  cause?: unknown;
  /** Where it happened: file, row, column, field, layer… Cloneable values only. */
  place?: Record<string, string | number>;
}

export interface WireError {
  name: string;
  code: string;
  message: string;
  advice: string;
  place: Record<string, string | number>;
  stack?: string;
  cause?: WireError;
}

export class BenchwrightError extends Error {
  override readonly name: string = 'BenchwrightError';
  readonly code: string;
  readonly advice: string;
  readonly place: Record<string, string | number>;

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.advice = details.advice ?? '';
    this.place = details.place ?? {};
  }
}

/** What was given cannot be used: a file, a value, an option. The command line exits with 2. */
export class InputError extends BenchwrightError {
  override readonly name = 'InputError';
}

/** Reading or writing what is kept failed: no space, lost connection, damaged bytes. */
export class StorageError extends BenchwrightError {
  override readonly name = 'StorageError';
}

/** A device is missing, was lost, ran out of memory or gives wrong answers. */
export class DeviceError extends BenchwrightError {
  override readonly name = 'DeviceError';
}

/** A worker did not start, stopped answering or died. */
export class WorkerError extends BenchwrightError {
  override readonly name = 'WorkerError';
}

/** Training cannot go on: the loss is not finite, nothing is left to learn from. */
export class TrainingError extends BenchwrightError {
  override readonly name = 'TrainingError';
}

/** The caller asked to stop. `name` is the platform's, so that `error.name === 'AbortError'` holds everywhere. */
export class AbortError extends BenchwrightError {
  override readonly name = 'AbortError';

  constructor(message = 'The work was cancelled.', details: ErrorDetails = {}) {
    super('cancelled', message, details);
  }
}

type ErrorClass = new (code: string, message: string, details?: ErrorDetails) => BenchwrightError;

const classes: ReadonlyMap<string, ErrorClass> = new Map<string, ErrorClass>([
  ['BenchwrightError', BenchwrightError],
  ['InputError', InputError],
  ['StorageError', StorageError],
  ['DeviceError', DeviceError],
  ['WorkerError', WorkerError],
  ['TrainingError', TrainingError],
]);

const longestCauseChain = 8;

/** Turns anything thrown into a cloneable description. */
export function toWire(thrown: unknown, depth = 0): WireError {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const ours = error instanceof BenchwrightError ? error : undefined;
  const wire: WireError = {
    name: error.name,
    code: ours?.code ?? (error.name === 'AbortError' ? 'cancelled' : 'unexpected'),
    message: error.message,
    advice: ours?.advice ?? '',
    place: ours?.place ?? {},
  };
  if (error.stack) wire.stack = error.stack;
  if (error.cause !== undefined && depth < longestCauseChain) wire.cause = toWire(error.cause, depth + 1);
  return wire;
}

/** Restores the class, code, advice, place and causes of an error that crossed a boundary. */
export function fromWire(wire: WireError): BenchwrightError {
  const details: ErrorDetails = { advice: wire.advice, place: wire.place };
  if (wire.cause) details.cause = fromWire(wire.cause);
  const Class = classes.get(wire.name) ?? BenchwrightError;
  const error = wire.name === 'AbortError' ? new AbortError(wire.message, details) : new Class(wire.code, wire.message, details);
  if (wire.stack) error.stack = wire.stack;
  return error;
}
