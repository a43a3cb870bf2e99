/** The epoch that is looked at while more come and earlier ones are dropped: it is known by its number, and the latest is whichever is last. */

interface Told {
  epoch: number;
}

/** The place among epochs, oldest first: the last where none was chosen, or where that one is not kept any more. */
export function placeOfEpoch(epochs: readonly Told[], looked: number | undefined): number {
  const place = epochs.findIndex(({ epoch }) => epoch === looked);
  return place < 0 ? epochs.length - 1 : place;
}

/** Undefined for the last place: whoever looks at it looks at the latest. */
export const epochAt = (epochs: readonly Told[], place: number): number | undefined =>
  place < epochs.length - 1 ? epochs[place].epoch : undefined;
