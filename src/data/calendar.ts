/** The parts of a time in milliseconds since 1970, in UTC, by arithmetic alone: the same for every year and on every machine. */

export interface CalendarParts {
  year: number;
  /** 1 to 12 */
  month: number;
  /** 1 to 31 */
  day: number;
  /** 1 is Monday, 7 is Sunday, as ISO 8601 counts. */
  weekday: number;
  /** 0 to 23 */
  hour: number;
  minute: number;
}

const millisecondsPerDay = 86_400_000;

/** Days to a civil date, after Howard Hinnant's chrono algorithms: years begin in March, so that leap days come last. */
export function calendarParts(time: number): CalendarParts {
  const days = Math.floor(time / millisecondsPerDay);
  const rest = time - days * millisecondsPerDay;
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
    weekday: ((((days + 3) % 7) + 7) % 7) + 1,
    hour: Math.floor(rest / 3_600_000),
    minute: Math.floor((rest % 3_600_000) / 60_000),
  };
}
