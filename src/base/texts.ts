/** Texts in an order that is the same in every language and on every machine. */

/** By code units. */
export const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
