/** Whether there is room for what is about to be written, asked before the first byte of it is. */
import { StorageError } from '../base/errors.js';
import type { Store } from './store.js';

/** @throws StorageError `storage-short`, with what is needed, about, and what is free. Nothing is said where the platform does not tell. */
export async function requireRoom(store: Store, needed: number): Promise<void> {
  if (needed < alwaysTried) return;
  const { used, quota } = await store.usage();
  const promised = used === undefined || quota === undefined ? Number.POSITIVE_INFINITY : Math.max(0, quota - used);
  const isThere = async (bytes: number): Promise<boolean> =>
    bytes <= promised && (await store.fits?.(bytes).catch(() => undefined)) !== false;
  if (await isThere(needed)) return;
  const free = await largest(Math.min(needed, promised), isThere);
  throw new StorageError(
    'storage-short',
    `This needs about ${inWords(needed)}, and ${inWords(free)} are free. Nothing has been written, and what was saved before is untouched.`,
    { advice: 'Delete what is no longer needed (the settings list what each thing takes), or free space on the disk.' },
  );
}

/** So little is written at once: whether it fits shows then. */
const alwaysTried = 2 ** 20;

/** The most that is there, below `most`, to a few per cent. */
async function largest(most: number, isThere: (bytes: number) => Promise<boolean>): Promise<number> {
  let [fits, fails] = [0, most];
  for (let probe = 0; probe < 8; probe++) {
    const middle = Math.floor((fits + fails) / 2);
    if (await isThere(middle)) fits = middle;
    else fails = middle;
  }
  return fits;
}

/** Decimal units, as disks and browsers count. */
function inWords(bytes: number): string {
  const [value, unit] = bytes >= 1e9 ? [bytes / 1e9, 'GB'] : [bytes / 1e6, 'MB'];
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}
