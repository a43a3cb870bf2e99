/**
 * Records as text and back, without loss: JSON, save for the numbers that JSON has not, written `{"$number": "NaN"}`. So that
 * no data can pass for that, a key that begins with "$" is written with one more.
 */
export const writeRecord = (record: unknown): string => `${JSON.stringify(encode(record), null, 1)}\n`;

/** @throws SyntaxError when the text is not JSON. */
export const readRecord = (text: string): unknown => decode(JSON.parse(text));

const numberKey = '$number';

function encode(value: unknown): unknown {
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) {
    return { [numberKey]: Object.is(value, -0) ? '-0' : String(value) };
  }
  return mapInside(value, encode, (key) => (key.startsWith('$') ? `$${key}` : key));
}

function decode(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, numberKey)) {
    return Number((value as { [numberKey]: unknown })[numberKey]);
  }
  return mapInside(value, decode, (key) => (key.startsWith('$') ? key.slice(1) : key));
}

/** `Object.fromEntries` defines keys rather than setting them, so that "__proto__" is a key like any other. */
function mapInside(value: unknown, map: (inner: unknown) => unknown, rename: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map(map);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [rename(key), map(inner)]));
}
