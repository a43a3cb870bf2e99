/** Whether a file is Parquet, by its first letters: `PAR1`, or `PARE` where it is encrypted. */
export const isParquet = (start: Uint8Array): boolean =>
  start[0] === 0x50 && start[1] === 0x41 && start[2] === 0x52 && (start[3] === 0x31 || start[3] === 0x45);
