/** The profile of a dataset: what was kept of an earlier one at once, else one pass, pulled. */
import type { DatasetRecord } from '../../spec/dataset.js';
import type { Profile } from '../../spec/profile.js';
import type { Store } from '../../storage/store.js';
import type { ProfileProgress } from '../datasets.js';
import { targetField } from '../task.js';
import { profileAgainst } from './against-target.js';
import { KeptProfiles } from './kept.js';
import { passOver } from './pass.js';

export async function* profileDataset(
  store: Store,
  record: DatasetRecord,
  asked: string | null | undefined,
  signal?: AbortSignal,
): AsyncGenerator<ProfileProgress, Profile> {
  const target = asked === null ? undefined : asked === undefined ? record.suggestedTarget : targetField(record.fields, asked).name;
  const kept = new KeptProfiles(store, record);
  const before = await kept.profile(target);
  if (before) return before;
  let pass = await kept.pass();
  if (!pass) {
    pass = yield* passOver(store, record, signal);
    await kept.keepPass(pass);
  }
  const profile = await profileAgainst(record, target, pass, signal);
  await kept.keepProfile(target, profile);
  return profile;
}
