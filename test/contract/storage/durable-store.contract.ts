/** What a store promises, beyond the contract of every store, when it outlives the object. */
import { describe, expect, it } from 'vitest';
import type { RecordKind, Store } from '../../../src/storage/store.js';
import { code, type Place, useStores } from './place.js';
import { bytes, dataset, setting } from './samples.js';

export function durableStoreContract(name: string, createPlace: () => Promise<Required<Place>>): void {
  describe(`${name} store, as a place that lasts`, () => {
    let place: Required<Place>;
    let store: Store;
    let open: () => Promise<Store>;
    useStores(createPlace, (given) => ({ place, store, open } = given));

    it('has everything again after it was closed', async () => {
      const ref = await store.putChunk(bytes(1000));
      await store.commit({ put: [dataset('one', [ref]), setting('s', 7)] });
      await store.close();
      const again = await open();
      expect(await again.list('dataset')).toEqual([dataset('one', [ref])]);
      expect((await again.get('setting', 's'))?.value).toBe(7);
      expect(await again.getChunk(ref)).toEqual(bytes(1000));
    });

    it('shows and announces a commit to its other connections', async () => {
      const other = await open();
      const seen = new Promise<RecordKind[]>((resolve) => other.watch(resolve));
      expect(await other.list('dataset')).toEqual([]);
      const ref = await store.putChunk(bytes(10));
      await store.commit({ put: [dataset('one', [ref])] });
      expect(await other.get('dataset', 'one')).toEqual(dataset('one', [ref]));
      expect(await other.getChunk(ref)).toEqual(bytes(10));
      expect(await seen).toEqual(['dataset']);
    });

    it('keeps the commits of two connections that write at once', async () => {
      const other = await open();
      const write = async (to: Store, name: string): Promise<void> => {
        for (let index = 0; index < 8; index++) await to.commit({ put: [setting(`${name}${index}`, index)] });
      };
      await Promise.all([write(store, 'a'), write(other, 'b')]);
      expect(await store.list('setting')).toHaveLength(16);
      expect(await other.list('setting')).toHaveLength(16);
    });

    it('leaves what a writer of another connection is about to name', async () => {
      const other = await open();
      const ref = await other.putChunk(bytes(10));
      expect(await store.collect()).toBe(0);
      await other.commit({ put: [dataset('one', [ref])] });
      expect(await store.collect()).toBe(0);
      expect(await store.getChunk(ref)).toEqual(bytes(10));
    });

    for (const [how, expected] of [
      ['flip a byte', 'chunk-damaged'],
      ['cut short', 'chunk-damaged'],
      ['make longer', 'chunk-damaged'],
      ['remove', 'chunk-missing'],
    ] as const) {
      it(`finds a chunk after someone did "${how}", and mends it when it is put again`, async () => {
        const [hurt, sound] = [await store.putChunk(bytes(1000, 1)), await store.putChunk(bytes(1000, 2))];
        await store.commit({ put: [dataset('one', [hurt, sound])] });
        await place.damage(hurt.hash, how);
        await expect(store.getChunk(hurt)).rejects.toEqual(code(expected));
        expect(await store.getChunk(sound)).toEqual(bytes(1000, 2));
        expect(await store.get('dataset', 'one')).toBeDefined();
        await store.putChunk(bytes(1000, 1));
        expect(await store.getChunk(hurt)).toEqual(bytes(1000, 1));
      });
    }

    it('collects what a crash left half written', async () => {
      const ref = await store.putChunk(bytes(10));
      await store.commit({ put: [dataset('one', [ref])] });
      await place.leaveHalf(ref.hash);
      await place.leaveHalf('b'.repeat(64));
      expect(await place.kept()).toHaveLength(3);
      await store.collect();
      expect(await place.kept()).toEqual([ref.hash]);
      expect(await store.getChunk(ref)).toEqual(bytes(10));
    });
  });
}
