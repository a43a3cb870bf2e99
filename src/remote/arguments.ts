/**
 * Arguments on their way into a worker. A MessagePort is moved. Two things cannot be cloned and are looked for in every argument and one level into
 * plain objects: an AbortSignal, of which only the place travels (the worker makes its own), and a `ByteSource` that is no
 * Blob, which is read into one.
 */
import { fromWire, toWire, type WireError } from '../base/errors.js';

export interface WireArguments {
  values: unknown[];
  signals: WireSignal[];
}

interface SignalPlace {
  argument: number;
  /** Where the argument is an object that holds the signal. */
  property?: string;
}

interface WireSignal extends SignalPlace {
  /** Where the signal was aborted before the call was sent. */
  aborted?: WireError;
}

/** Arguments ready to be sent, beside the caller's own signals. */
export interface PackedArguments {
  values: unknown[];
  signals: { signal: AbortSignal; place: SignalPlace }[];
}

export async function packArguments(given: readonly unknown[]): Promise<PackedArguments> {
  const signals: PackedArguments['signals'] = [];
  const pack = (value: unknown, place: SignalPlace): unknown => {
    if (isForeignSource(value)) return readWhole(value);
    if (!(value instanceof AbortSignal)) return value;
    signals.push({ signal: value, place });
    return undefined;
  };
  const packed = given.map(async (value, argument) => {
    if (!isPlainObject(value) || isForeignSource(value)) return pack(value, { argument });
    const copy: Record<string, unknown> = { ...value };
    for (const property of Object.keys(copy)) copy[property] = await pack(copy[property], { argument, property });
    return copy;
  });
  return { values: await Promise.all(packed), signals };
}

/** What is cloned, with each signal as it stands at this moment. */
export function toWireArguments({ values, signals }: PackedArguments): WireArguments {
  return { values, signals: signals.map(({ signal, place }) => (signal.aborted ? { ...place, aborted: toWire(signal.reason) } : place)) };
}

/** Puts a fresh signal wherever the caller had one. `controllers` are in the order of `wire.signals`. */
export function unpackArguments(wire: WireArguments): { values: unknown[]; controllers: AbortController[] } {
  const controllers = wire.signals.map(({ argument, property, aborted }) => {
    const controller = new AbortController();
    if (aborted) controller.abort(fromWire(aborted));
    if (property === undefined) wire.values[argument] = controller.signal;
    else (wire.values[argument] as Record<string, unknown>)[property] = controller.signal;
    return controller;
  });
  return { values: wire.values, controllers };
}

/** In every argument and one level into plain objects. */
export const portsIn = (values: readonly unknown[]): MessagePort[] =>
  values
    .flatMap((value) => (isPlainObject(value) ? Object.values(value) : [value]))
    .filter((value): value is MessagePort => typeof MessagePort !== 'undefined' && value instanceof MessagePort);

interface ForeignSource {
  name?: string;
  stream(): ReadableStream<Uint8Array<ArrayBuffer>>;
}

const isForeignSource = (value: unknown): value is ForeignSource =>
  typeof value === 'object' && value !== null && !(value instanceof Blob) && 'stream' in value && typeof value.stream === 'function';

async function readWhole(source: ForeignSource): Promise<Blob> {
  const blob = await new Response(source.stream()).blob();
  return source.name === undefined ? blob : new File([blob], source.name);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
