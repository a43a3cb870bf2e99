/**
 * Dates that are not written as ISO 8601: with the day first or the month first, with a month's name, or as seconds or milliseconds since 1970.
 * How a column writes them is found out from all of it; one date by itself may mean two days.
 */
import type { DateForm } from '../../spec/date-form.js';
import { parseDatetime } from './cells.js';

/** Longer texts are none. */
const longestDate = 48;

const time = String.raw`(?:(?:,?\s+|T)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([AaPp]\.?[Mm]\.?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?`;
const figures = new RegExp(String.raw`^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})${time}$`);
const dayName = new RegExp(
  String.raw`^(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s.-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{4}|\d{2})${time}$`,
);
const nameDay = new RegExp(String.raw`^(?:[A-Za-z]{3,9},?\s+)?([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})${time}$`);

const months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];

/** "Sept" is as usual as "Sep". */
function monthOf(name: string): number {
  const word = name.toLowerCase();
  return months.findIndex((month) => month === word || month.slice(0, 3) === word || (word === 'sept' && month === 'september')) + 1;
}

/** Two digits as POSIX reads them: 69 and later were in the last century. */
function yearOf(digits: string): number {
  const year = Number(digits);
  if (digits.length === 4) return year;
  return year < 69 ? 2000 + year : 1900 + year;
}

type Clock = readonly (string | undefined)[];

/** Milliseconds since 1970; undefined for a day that the calendar does not have, or a time that no clock shows. */
function timeOf(year: number, month: number, day: number, [hours, minutes, seconds, fraction, half, zone]: Clock): number | undefined {
  let hour = Number(hours ?? 0);
  const [minute, second] = [Number(minutes ?? 0), Number(seconds ?? 0)];
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (/^p/i.test(half) ? 12 : 0);
  }
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const part = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000);
  return date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000 + part - offsetOf(zone);
}

function offsetOf(zone: string | undefined): number {
  if (zone === undefined || !/\d/.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone[0] === '-' ? -minutes : minutes) * 60_000;
}

function inFigures(text: string, dayFirst: boolean): number | undefined {
  const found = figures.exec(text);
  if (!found) return undefined;
  const [, one, separator, other, year, ...clock] = found;
  // 1.2.24 is a version, and 10-1-12 may begin with the year.
  if (year.length === 2 && separator !== '/') return undefined;
  const [day, month] = dayFirst ? [one, other] : [other, one];
  return timeOf(yearOf(year), Number(month), Number(day), clock);
}

function named(text: string): number | undefined {
  const found = dayName.exec(text);
  if (found) {
    const [, day, month, year, ...clock] = found;
    return monthOf(month) > 0 ? timeOf(yearOf(year), monthOf(month), Number(day), clock) : undefined;
  }
  const other = nameDay.exec(text);
  if (!other) return undefined;
  const [, month, day, year, ...clock] = other;
  return monthOf(month) > 0 ? timeOf(yearOf(year), monthOf(month), Number(day), clock) : undefined;
}

const whole = /^-?\d{1,15}(?:\.\d+)?$/;

/**
 * A date that is written in a form, or as ISO 8601, which is never anything else. Without an offset it is read as UTC.
 * @param form left out, only ISO 8601 is read
 */
export function parseDate(trimmed: string, form?: DateForm): number | undefined {
  if (form === undefined || trimmed.length > longestDate) return parseDatetime(trimmed);
  switch (form) {
    case 'seconds':
    case 'milliseconds':
      if (whole.test(trimmed)) return Math.round(Number(trimmed) * factorOf(form));
      break;
    case 'named':
      return named(trimmed) ?? parseDatetime(trimmed);
    default:
      return inFigures(trimmed, form === 'day-first') ?? parseDatetime(trimmed);
  }
  return parseDatetime(trimmed);
}

/** What a number that says a time is multiplied by. */
export const factorOf = (form: DateForm | undefined): number => (form === 'seconds' ? 1000 : 1);

/** Which of the forms by which a text may be read it is one of. Most texts are none, and are not worth a look at all of them. */
export function dateFormsOf(trimmed: string): DateForm[] {
  if (trimmed.length < 6 || trimmed.length > longestDate || !/\d/.test(trimmed)) return [];
  if (figures.test(trimmed)) {
    return (['day-first', 'month-first'] as const).filter((form) => inFigures(trimmed, form === 'day-first') !== undefined);
  }
  return named(trimmed) === undefined ? [] : ['named'];
}

/** Whether a column's name says that its numbers are times, as counted from 1970. */
export const namesEpoch = (name: string): boolean =>
  /(?:^|[^a-z])(?:unix|epoch|timestamp|ts)(?:[^a-z]|$)|(?:unix|epoch|timestamp)/i.test(name) || /[a-z]Ts$/.test(name);

const firstSecond = 1e8;
const lastSecond = 1e10;

/** The unit of whole numbers that may be times, by how great they are: from 1973 to 2286. */
export function epochForm(minimum: number, maximum: number): DateForm | undefined {
  if (minimum >= firstSecond && maximum < lastSecond) return 'seconds';
  return minimum >= firstSecond * 1000 && maximum < lastSecond * 1000 ? 'milliseconds' : undefined;
}
