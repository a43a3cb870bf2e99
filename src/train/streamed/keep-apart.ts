/** Parts of a stored time series of which none has learnt what a later one is asked: as `train/frame.ts` does with rows in memory. */
import { neighbour } from '../../data/windows.js';
import type { SplitSpec } from '../../spec/training.js';
import { leavesNothing } from '../frame.js';
import type { FramedTable } from './framed-table.js';
import { noPart, type PartOfRow } from './stored-rows.js';

/** Leaves out, in place, rows whose target reaches into a later part's windows. @throws InputError `windows-leave-nothing` */
export function keepApart({ windows, series, times }: FramedTable, split: SplitSpec, parts: PartOfRow): void {
  // Where whole series are kept together there is nothing to keep apart.
  if (split.group !== undefined && split.group === windows.group) return;
  // The oldest value that the windows of each part hold.
  const oldest = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let row = 0; row < parts.length; row++) {
    const part = parts[row];
    if (part !== noPart) oldest[part] = Math.min(oldest[part], times[Math.max(0, neighbour(series, row, 1 - windows.length))]);
  }
  const first = [Math.min(oldest[1], oldest[2]), oldest[2]];
  const left = [0, 0];
  for (let row = 0; row < parts.length; row++) {
    const part = parts[row];
    if (part > 1) continue;
    if (times[neighbour(series, row, windows.horizon)] < first[part]) left[part]++;
    else parts[row] = noPart;
  }
  if (left[0] === 0 || left[1] === 0) throw leavesNothing(windows, left[0] === 0 ? 'training' : 'validation');
}
