/** How many rows go together: into a batch while reading, and into a stored chunk. */

/** Cells in a batch: fewer rows where there are many columns. */
const mostCells = 2 ** 20;

/** Rows in a batch and in a stored chunk. A function of the columns alone, so that equal files make equal chunks. */
export const rowsPerBatch = (columns: number): number => Math.max(1, Math.min(8192, Math.floor(mostCells / columns)));

/** Bytes from which a batch ends earlier: long texts in every row would otherwise add up to more than memory holds. */
export const bytesPerBatch = 2 ** 25;
