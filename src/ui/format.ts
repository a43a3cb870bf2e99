/** Figures in words, the same everywhere: counts, shares, bytes, durations, dates. Pure, and the same in every locale. */

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** 1234567 → "1,234,567". */
export const count = (value: number): string => grouped.format(value);

/** "1 row", "1,234 rows". */
export const counted = (value: number, noun: string, plural = `${noun}s`): string => `${count(value)} ${value === 1 ? noun : plural}`;

/** A score or loss to three decimals; "–" for what does not exist. A true minus sign keeps columns aligned. */
export const score = (value: number | null | undefined): string =>
  value === null || value === undefined || !Number.isFinite(value) ? '–' : value.toFixed(3).replace('-', '−');

/** A share as a percentage to one decimal: 0.9312 → "93.1 %". Never rounds to 100 % what is less. */
export function percentage(share: number): string {
  if (share < 1 && share > 0.9995) return '> 99.9 %';
  if (share > 0 && share < 0.0005) return '< 0.1 %';
  return `${(share * 100).toFixed(1)} %`;
}

/** A value of a column to at most four significant digits, without an exponent where it can be read without one. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e12)) return value.toExponential(2).replace('-', '−');
  const digits = size >= 1000 || Number.isInteger(value) ? 0 : Math.min(4, Math.max(0, 3 - Math.floor(Math.log10(size || 1))));
  const text = new Intl.NumberFormat('en', { maximumFractionDigits: digits }).format(value);
  return text.replace('-', '−');
}

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Decimal units, as disks and browsers count: 1_500_000 → "1.5 MB". */
export function bytes(value: number): string {
  let unit = 0;
  let amount = value;
  while (amount >= 999.5 && unit < byteUnits.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  const text = unit === 0 || amount >= 99.5 ? Math.round(amount).toString() : amount.toFixed(1);
  return `${text} ${byteUnits[unit]}`;
}

/** Seconds as a clock: 41 → "0:41", 3725 → "1:02:05". */
export function clock(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  const whole = Math.max(0, Math.round(seconds));
  const two = (value: number): string => value.toString().padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** How long something took or will take: "0.4 s" below ten seconds, then a clock. */
export const duration = (seconds: number): string => (seconds < 9.95 ? `${Math.max(0, seconds).toFixed(1)} s` : clock(seconds));

/** Milliseconds of a step: "3.1 ms", "13,027 ms". */
export const stepTime = (value: number): string => `${value >= 100 ? count(value) : value.toFixed(value >= 10 ? 1 : 2)} ms`;

/** A moment for a list: "14:02" today, else "23 Nov 2026". */
export function moment(timestamp: number, now: number = Date.now()): string {
  const then = new Date(timestamp);
  if (then.toDateString() === new Date(now).toDateString()) return then.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  return then.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
}
