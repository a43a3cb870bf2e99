/** The middle one of some numbers; of an even number of them the larger of the two. */
export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1];
