/** Where a table of any number of rows stands, in a box that no browser makes higher than some millions of pixels. Pure. */

/** Firefox goes no further than 17.8 million pixels, the others to 33.5 million. */
export const tallest = 12_000_000;

export interface Scrolling {
  rows: number;
  rowHeight: number;
  /** Pixels in sight. */
  view: number;
}

/** The height of what is scrolled. */
export const contentHeight = ({ rows, rowHeight }: Scrolling): number => Math.min(tallest, rows * rowHeight);

/** The furthest that the first row in sight may be from the top, in pixels of rows. */
export const furthest = ({ rows, rowHeight, view }: Scrolling): number => Math.max(0, rows * rowHeight - view);

/** From where the scroll bar stands to pixels of rows above what is in sight. */
export function offsetOf(scrolling: Scrolling, scrollTop: number): number {
  const bar = contentHeight(scrolling) - scrolling.view;
  return bar <= 0 ? 0 : Math.min(1, Math.max(0, scrollTop / bar)) * furthest(scrolling);
}

/** And back. */
export function scrollTopOf(scrolling: Scrolling, offset: number): number {
  const all = furthest(scrolling);
  return all <= 0 ? 0 : (Math.min(all, Math.max(0, offset)) / all) * (contentHeight(scrolling) - scrolling.view);
}

/** Rows in sight: the first, and the one after the last. */
export function rowsInSight({ rows, rowHeight, view }: Scrolling, offset: number): { first: number; last: number } {
  const first = Math.max(0, Math.min(rows, Math.floor(offset / rowHeight)));
  return { first, last: Math.min(rows, Math.ceil((offset + view) / rowHeight)) };
}

/** The offset at which a row is wholly in sight, moving as little as can be. */
export function offsetFor(scrolling: Scrolling, offset: number, row: number): number {
  const { rowHeight, view } = scrolling;
  const top = row * rowHeight;
  if (top < offset) return top;
  return Math.min(furthest(scrolling), Math.max(offset, top + rowHeight - view));
}
