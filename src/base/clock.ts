/** Time, in one place. */

/** Milliseconds of a monotonic clock, for durations. */
export const milliseconds = (): number => performance.now();

/** Milliseconds since 1970, for records. */
export const timestamp = (): number => Date.now();
