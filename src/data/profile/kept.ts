/** Profiles that were made before: found by the data's hash, so that equal data never needs a second pass. */
import * as z from 'zod/mini';
import { ChunkRef } from '../../spec/chunk.js';
import type { DatasetRecord } from '../../spec/dataset.js';
import { Profile, ProfiledColumn, profileVersion } from '../../spec/profile.js';
import { keptProfile } from '../../storage/names.js';
import type { Store } from '../../storage/store.js';
import { decodeChunk, encodeChunk } from '../chunks.js';
import type { Overview, Sample } from './pass.js';

const Kept = z.object({
  overview: ChunkRef,
  sample: ChunkRef,
  ordered: z.array(z.boolean()),
  /** Profiles against a target, the latest last; null is none. */
  profiles: z.array(z.object({ target: z.nullable(z.string()), ref: ChunkRef })),
});
type Kept = z.infer<typeof Kept>;

const KeptOverview = z.object({ columns: z.array(ProfiledColumn), duplicates: Profile.shape.duplicates, missing: Profile.shape.missing });

const mostProfiles = 8;

export class KeptProfiles {
  readonly #store: Store;
  readonly #id: string;

  constructor(store: Store, { hash }: DatasetRecord) {
    this.#store = store;
    this.#id = keptProfile(hash, profileVersion);
  }

  /** Undefined where there is none, or it cannot be read any more. */
  async profile(target: string | undefined): Promise<Profile | undefined> {
    const entry = (await this.#kept())?.profiles.find((each) => each.target === (target ?? null));
    return entry && (await quietly(async () => Profile.parse(await this.#json(entry.ref))));
  }

  async pass(): Promise<{ overview: Overview; sample: Sample } | undefined> {
    const kept = await this.#kept();
    if (!kept) return undefined;
    return await quietly(async () => {
      const overview = KeptOverview.parse(await this.#json(kept.overview));
      const columns = decodeChunk(await this.#store.getChunk(kept.sample)).columns.map((column) =>
        column.kind === 'number' ? column.values : new Float64Array(0),
      );
      const positions = columns.pop() ?? new Float64Array(0);
      return { overview, sample: { columns, positions, ordered: kept.ordered } };
    });
  }

  async keepPass({ overview, sample }: { overview: Overview; sample: Sample }): Promise<void> {
    const columns = [...sample.columns, sample.positions].map((values) => ({ kind: 'number' as const, values: Float64Array.from(values) }));
    await this.#put([bytesOf(overview), encodeChunk({ rows: sample.positions.length, columns })], async ([overviewRef, sampleRef]) => ({
      overview: overviewRef,
      sample: sampleRef,
      ordered: sample.ordered,
      profiles: [],
    }));
  }

  async keepProfile(target: string | undefined, profile: Profile): Promise<void> {
    await this.#put([bytesOf(profile)], async ([ref]) => {
      const kept = await this.#kept();
      if (!kept) return undefined;
      const others = kept.profiles.filter((each) => each.target !== (target ?? null));
      return { ...kept, profiles: [...others, { target: target ?? null, ref }].slice(-mostProfiles) };
    });
  }

  /** Without space, or in a store that is being closed, a profile is not kept, and is shown all the same. */
  async #put(contents: readonly Uint8Array[], entry: (refs: readonly ChunkRef[]) => Promise<Kept | undefined>): Promise<void> {
    const refs: ChunkRef[] = [];
    try {
      for (const content of contents) refs.push(await this.#store.putChunk(content));
      const value = await entry(refs);
      if (value) await this.#store.commit({ put: [{ kind: 'setting', id: this.#id, value }] });
      else await this.#store.abandon(refs);
    } catch {
      await this.#store.abandon(refs).catch(() => undefined);
    }
  }

  async #kept(): Promise<Kept | undefined> {
    const { success, data } = Kept.safeParse((await this.#store.get('setting', this.#id))?.value);
    return success ? data : undefined;
  }

  async #json(ref: ChunkRef): Promise<unknown> {
    return JSON.parse(new TextDecoder().decode(await this.#store.getChunk(ref)));
  }
}

const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/** What was kept is only a shortcut: where it is damaged, the pass is made again. */
async function quietly<Value>(read: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await read();
  } catch {
    return undefined;
  }
}
