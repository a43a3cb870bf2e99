/** Deleting holds for rows that were asked before and are not written yet, in whatever worker or tab they wait. */
import type { LogRecord } from '../../spec/prediction-log.js';
import { hashOfUnit } from './fields.js';

/** Milliseconds; rows wait for about one second, and longer in a tab that sleeps. */
const remembered = 60 * 60 * 1000;
const mostDeletions = 1_000;

/** @param unit the hash of whose rows; left out: everybody's */
export function withDeletion(record: LogRecord, time: number, unit?: string): LogRecord {
  const recent = (record.deletions ?? []).filter((deletion) => deletion.time > time - remembered);
  return { ...record, deletions: [...recent, { time, ...(unit === undefined ? {} : { unit }) }].slice(-mostDeletions) };
}

/** Those that nobody has deleted since they were asked. */
export async function notDeleted<Asked extends { time: number; unit?: string | undefined }>(
  { deletions = [] }: LogRecord,
  asked: readonly Asked[],
): Promise<Asked[]> {
  const kept: Asked[] = [];
  for (const each of asked) {
    const later = deletions.filter(({ time }) => each.time <= time);
    const unit = later.length > 0 && each.unit !== undefined ? await hashOfUnit(each.unit) : undefined;
    if (!later.some((deletion) => deletion.unit === undefined || deletion.unit === unit)) kept.push(each);
  }
  return kept;
}
