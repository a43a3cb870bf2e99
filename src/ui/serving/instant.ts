/** A moment to the second, for what may have happened many times today: "27 Nov 2026, 07:02:05". */
export const instant = (timestamp: number): string =>
  new Date(timestamp).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
