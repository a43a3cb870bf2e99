/** How the rows of a time series follow each other: every so often, every so many months, or on weekdays; and which time comes next. */
import type { Cadence } from '../spec/pipeline.js';
import { calendarParts } from './calendar.js';

export const day = 86_400_000;
const hour = 3_600_000;
/** A month has 28 to 31 days. */
const monthDays = { least: 28, most: 31 };

/** Of values in order, the middle one; NaN of none. */
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/**
 * @param times of one series, ascending; milliseconds since 1970 where they are dates
 * @returns the cadence that most gaps have, or undefined where most rows have the time of the one before
 */
export function cadenceOf(times: Float64Array, areDates: boolean): Cadence | undefined {
  const gaps = Array.from(times.subarray(1), (time, index) => time - times[index]);
  const usual = gaps.length === 0 ? (areDates ? day : 1) : median(gaps);
  if (!(usual > 0)) return undefined;
  if (!areDates) return { kind: 'regular', interval: usual };
  const months = Math.round(usual / (30.44 * day));
  if (months > 0 && usual >= months * monthDays.least * day && usual <= months * monthDays.most * day && areOnOneDay(times)) {
    return { kind: 'months', months };
  }
  const isOnWeekdays = usual === day && times.length > 10 && times.every((time) => calendarParts(time).weekday <= 5);
  return isOnWeekdays ? { kind: 'weekdays' } : { kind: 'regular', interval: usual };
}

/** Monthly rows are of one day of the month, or of its last. */
function areOnOneDay(times: Float64Array): boolean {
  const first = calendarParts(times[0]).day;
  return times.every((time) => calendarParts(time).day === first || calendarParts(time + day).day === 1);
}

/** The time so many rows after another; before it where negative. */
export function timeAfter(time: number, rows: number, cadence: Cadence): number {
  if (cadence.kind === 'regular') return time + rows * cadence.interval;
  if (cadence.kind === 'weekdays') {
    let [next, left] = [time, Math.abs(rows)];
    while (left > 0) {
      next += Math.sign(rows) * day;
      if (calendarParts(next).weekday <= 5) left--;
    }
    return next;
  }
  const { year, month, day: dayOfMonth } = calendarParts(time);
  const within = time - Math.floor(time / day) * day;
  const isLast = calendarParts(time + day).day === 1;
  const months = month - 1 + rows * cadence.months;
  const lastDay = calendarParts(Date.UTC(year, months + 1, 0)).day;
  return Date.UTC(year, months, isLast ? lastDay : Math.min(dayOfMonth, lastDay)) + within;
}

/** Rows after which a pattern may repeat, of what is usual for a cadence. Empty where times are no dates and nothing is usual. */
export function usualSeasons(cadence: Cadence, areDates: boolean): number[] {
  if (!areDates) return [];
  if (cadence.kind === 'months') return cadence.months < 12 ? [12 / cadence.months] : [];
  if (cadence.kind === 'weekdays') return [5];
  const { interval } = cadence;
  if (interval === day) return [7];
  if (interval === 7 * day) return [52];
  const seasons = [day / interval, (7 * day) / interval];
  return interval < day ? seasons.filter((rows) => Number.isInteger(rows) && rows > 1 && rows <= 1000) : [];
}

/** In words: "every day", "every 15 minutes", "every 2" where times are plain numbers. */
export function cadenceWords(cadence: Cadence, areDates: boolean): string {
  if (cadence.kind === 'weekdays') return 'every weekday';
  if (cadence.kind === 'months') return every(cadence.months, 'month');
  const { interval } = cadence;
  if (!areDates) return interval === 1 ? 'every step' : `every ${interval}`;
  const units = [
    [7 * day, 'week'],
    [day, 'day'],
    [hour, 'hour'],
    [60_000, 'minute'],
    [1000, 'second'],
  ] as const;
  const unit = units.find(([length]) => interval % length === 0);
  return unit ? every(interval / unit[0], unit[1]) : `every ${interval / 1000} seconds`;
}

const every = (count: number, unit: string): string => (count === 1 ? `every ${unit}` : `every ${count} ${unit}s`);
