/** A time of a series as people read it: a day, a day with its hour, or a plain number. */
export function timeWords(time: number, areDates: boolean): string {
  if (!areDates) return String(time);
  const text = new Date(time).toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 16).replace('T', ' ');
}
