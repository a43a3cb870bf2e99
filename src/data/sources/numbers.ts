/**
 * Plain numbers straight from their bytes, to the same double as `Number` gives: digits up to 2^53 times or by a power of ten up to 22 are
 * exact (Clinger 1990); what has more of them is left to `Number`.
 */
import { largestNumber } from '../columns/cells.js';

const zero = 0x30;
const nine = 0x39;
const point = 0x2e;
const plus = 0x2b;
const minus = 0x2d;

const powers = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
const mostDigits = 15;
/** No double needs so many characters: see `parseNumber`. */
const longestNumber = 64;

/**
 * The number in bytes [start, end), without space around it. NaN where they are not plain: no number, grouped, with leading zeros as codes
 * have them, or beyond what counts as finite; others then look at the text.
 * @param commas whether the file may write decimal commas: then 1.234 and 1.0 are not plain, since they may mean something else
 */
export function plainNumber(data: Uint8Array, start: number, end: number, commas: boolean): number {
  if (end - start > longestNumber) return Number.NaN;
  let place = start;
  let negative = false;
  if (data[place] === minus || data[place] === plus) {
    negative = data[place] === minus;
    place += 1;
  }
  const whole = place;
  let digits = 0;
  let mantissa = 0;
  let byte = data[place];
  while (place < end && byte >= zero && byte <= nine) {
    mantissa = mantissa * 10 + (byte - zero);
    byte = data[++place];
  }
  const wholeDigits = place - whole;
  if (wholeDigits > 1 && data[whole] === zero) return Number.NaN;
  digits = wholeDigits;
  let fraction = 0;
  if (place < end && byte === point) {
    const from = ++place;
    byte = data[place];
    while (place < end && byte >= zero && byte <= nine) {
      mantissa = mantissa * 10 + (byte - zero);
      byte = data[++place];
    }
    fraction = place - from;
    digits += fraction;
    if (commas && (fraction === 3 || isZero(data, from, place))) return Number.NaN;
  }
  if (digits === 0) return Number.NaN;
  let exponent = -fraction;
  if (place < end) {
    if (byte !== 0x65 && byte !== 0x45) return Number.NaN;
    byte = data[++place];
    const down = byte === minus;
    if (byte === minus || byte === plus) byte = data[++place];
    if (place >= end) return Number.NaN;
    let written = 0;
    while (place < end && byte >= zero && byte <= nine) {
      written = written * 10 + (byte - zero);
      byte = data[++place];
    }
    if (place < end) return Number.NaN;
    exponent += down ? -written : written;
  }
  let value: number;
  if (digits <= mostDigits && exponent >= -22 && exponent <= 22)
    value = exponent < 0 ? mantissa / powers[-exponent] : mantissa * powers[exponent];
  else value = Math.abs(Number(asciiText(data, start, end)));
  if (value > largestNumber) return Number.NaN;
  return negative ? -value : value;
}

const dayMilliseconds = 86_400_000;
const daysBeforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/** Milliseconds since 1970 of `2024-05-31`; NaN where bytes [start, end) are anything else, which then is looked at as a text. */
export function plainDate(data: Uint8Array, start: number, end: number): number {
  if (end - start !== 10 || data[start + 4] !== minus || data[start + 7] !== minus) return Number.NaN;
  const two = (place: number): number => {
    const [tens, ones] = [data[place] - zero, data[place + 1] - zero];
    return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : Number.NaN;
  };
  const year = 100 * two(start) + two(start + 2);
  const month = two(start + 5);
  const day = two(start + 8);
  // The last days of months are left to the calendar.
  if (!(year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= 28)) return Number.NaN;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const before = year - 1;
  const days = 365 * before + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) - 719_162;
  return (days + daysBeforeMonth[month - 1] + (leap && month > 2 ? 1 : 0) + day - 1) * dayMilliseconds;
}

function isZero(data: Uint8Array, from: number, to: number): boolean {
  for (let place = from; place < to; place++) if (data[place] !== zero) return false;
  return true;
}

export function asciiText(data: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let place = start; place < end; place++) text += String.fromCharCode(data[place]);
  return text;
}
