/**
 * What one cell of text says: nothing, a number, a date. The same rules read an imported file, a file to predict and a
 * form, so that a model sees the same value wherever a row comes from.
 */

/** Spellings of "no value", after trimming. Listed for people in the guide; `None` and `-` are missing in text columns too. */
export const missingMarkers: readonly string[] = [
  '',
  'NA',
  'N/A',
  'n/a',
  '#N/A',
  'NaN',
  'nan',
  'NAN',
  'null',
  'NULL',
  'Null',
  'None',
  'NONE',
  '?',
  '-',
  '.',
];

const missing: ReadonlySet<string> = new Set(missingMarkers);

/** Whether a trimmed cell says that there is no value. */
export const isMissing = (trimmed: string): boolean => missing.has(trimmed);

/** 'point': 1,234.5 (grouping only where no comma separates cells). 'comma': 1.234,5. */
export type NumberFormat = 'point' | 'comma';

const pointNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const pointGrouped = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const commaNumber = /^[+-]?(?:\d+,?\d*|,\d+)(?:[eE][+-]?\d+)?$/;
const commaGrouped = /^[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?$/;
const infinite = /^([+-]?)inf(?:inity)?$/i;

/** Longer texts are never numbers: no double needs so many characters. */
const longestNumber = 64;

/** Beyond this a number counts as infinite: its square, and so every deviation, would leave the doubles. */
export const largestNumber = 1e100;

/** The number that a trimmed cell says, ±Infinity where it says so or is beyond `largestNumber`; undefined where it is no number. */
export function parseNumber(trimmed: string, format: NumberFormat): number | undefined {
  const value = parseAny(trimmed, format);
  return value === undefined || Math.abs(value) <= largestNumber ? value : value * Infinity;
}

function parseAny(trimmed: string, format: NumberFormat): number | undefined {
  if (trimmed.length > longestNumber) return undefined;
  if (format === 'point') {
    if (pointNumber.test(trimmed)) return Number(trimmed);
    if (pointGrouped.test(trimmed)) return Number(trimmed.replaceAll(',', ''));
  } else {
    if (commaNumber.test(trimmed)) return Number(trimmed.replace(',', '.'));
    if (commaGrouped.test(trimmed)) return Number(trimmed.replaceAll('.', '').replace(',', '.'));
  }
  const sign = infinite.exec(trimmed)?.[1];
  return sign === undefined ? undefined : sign === '-' ? -Infinity : Infinity;
}

/** Whether a number is written as codes are: 007, 01234. Such digits are names, not quantities. */
export const hasLeadingZero = (trimmed: string): boolean => /^[+-]?0\d/.test(trimmed);

const isoDatetime =
  /^(\d{4})([-/.])(\d{2})(?:\2(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?)?$/;

/**
 * Milliseconds since 1970 of an ISO 8601 date or date and time: `2024-05`, `2024-05-31`, `2024-05-31T08:00:00.5+02:00`; also written with
 * slashes or points, `2024/05/31`.
 * Without an offset it is read as UTC, so that the same file gives the same numbers everywhere. Undefined where it is
 * something else, or a day that the calendar does not have.
 */
export function parseDatetime(trimmed: string): number | undefined {
  // Most texts are none, and are not worth a look at all of it.
  const mark = trimmed.charCodeAt(4);
  if (mark < 0x2d || mark > 0x2f) return undefined;
  const found = isoDatetime.exec(trimmed);
  if (!found) return undefined;
  const [all, years, separator, ...rest] = found;
  const parts = [all, years, ...rest];
  // 2024.05 is a number, and 2024/05 a fraction or an edition.
  if (separator !== '-' && parts[3] === undefined) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0));
  const fraction = Math.floor(Number(`0.${parts[7] ?? 0}`) * 1000);
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, parts[3] === undefined ? 1 : day);
  const isOnCalendar = date.getUTCMonth() === month - 1 && (parts[3] === undefined || date.getUTCDate() === day);
  return isOnCalendar ? date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000 + fraction - offset(parts[8]) : undefined;
}

/** Milliseconds of an offset such as +02:00, +0200 or +02. */
function offset(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return (zone[0] === '-' ? -minutes : minutes) * 60_000;
}

/** Pairs of words that mean yes and no. */
const booleanPairs: readonly (readonly [string, string])[] = [
  ['true', 'false'],
  ['yes', 'no'],
  ['t', 'f'],
  ['y', 'n'],
];

/** Whether these spellings are a yes and a no: `Yes` and `No`, `TRUE` and `FALSE`. */
export function areBooleans(values: readonly string[]): boolean {
  const words = values.map((value) => value.toLowerCase());
  return words.length === 2 && booleanPairs.some(([yes, no]) => words.includes(yes) && words.includes(no));
}

/** Whether a text of a boolean column means `wanted`. */
export function meansBoolean(text: string, wanted: boolean): boolean {
  const word = text.toLowerCase();
  return word === (wanted ? '1' : '0') || booleanPairs.some((pair) => pair[wanted ? 0 : 1] === word);
}
