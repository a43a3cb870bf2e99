/** What every store promises, run over each of them. */
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/base/hash.js';
import type { RecordKind, Store } from '../../../src/storage/store.js';
import { updateRecord } from '../../../src/storage/update.js';
import { code, type Place, useStores } from './place.js';
import { bytes, dataset, setting } from './samples.js';

const unknownRef = { hash: 'a'.repeat(64), bytes: 3 };

export function storeContract(name: string, createPlace: () => Promise<Place>): void {
  describe(`${name} store`, () => {
    let place: Place;
    let store: Store;
    let open: () => Promise<Store>;
    useStores(createPlace, (given) => ({ place, store, open } = given));

    describe('records', () => {
      it('come back as they were put', async () => {
        const value = {
          list: [1, 'two', null, true, [], {}],
          nested: { text: 'ä\u0000\ud800"\\' },
          limits: [Number.NaN, Infinity, -Infinity, -0],
        };
        await store.commit({ put: [dataset('one'), setting('s', value)] });
        expect(await store.get('dataset', 'one')).toEqual(dataset('one'));
        // toEqual tells -0 from 0.
        expect((await store.get('setting', 's'))?.value).toEqual(value);
      });

      it('are undefined where there is none, and gone when removed', async () => {
        expect(await store.get('dataset', 'one')).toBeUndefined();
        await store.commit({ put: [dataset('one'), dataset('two')] });
        await store.commit({
          remove: [
            { kind: 'dataset', id: 'one' },
            { kind: 'run', id: 'never' },
          ],
        });
        expect(await store.get('dataset', 'one')).toBeUndefined();
        expect((await store.list('dataset')).map(({ id }) => id)).toEqual(['two']);
      });

      it('are listed by kind, oldest first', async () => {
        await store.commit({ put: [dataset('b', [], 2), dataset('c', [], 1), dataset('a', [], 2), setting('z', 1), setting('y', 1)] });
        expect((await store.list('dataset')).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
        expect((await store.list('setting')).map(({ id }) => id)).toEqual(['y', 'z']);
        expect(await store.list('model')).toEqual([]);
      });

      it('are removed after they are put, within one change', async () => {
        await store.commit({ put: [setting('s', 1)], remove: [{ kind: 'setting', id: 's' }] });
        expect(await store.get('setting', 's')).toBeUndefined();
      });

      it('do not change with what was put or what was got', async () => {
        const record = dataset('one');
        await store.commit({ put: [record] });
        record.name = 'changed';
        const got = await store.get('dataset', 'one');
        if (got) got.name = 'changed';
        (await store.list('dataset'))[0].name = 'changed';
        expect((await store.get('dataset', 'one'))?.name).toBe('Dataset one');
      });

      it('of one commit are kept all or none', async () => {
        await store.commit({ put: [setting('kept', 1)] });
        for (const value of [() => 1, Symbol('no'), 1n, new Date(), new Uint8Array(1), new Map(), [undefined]]) {
          const change = { put: [setting('new', 1), setting('bad', { inner: value })], remove: [{ kind: 'setting' as const, id: 'kept' }] };
          await expect(store.commit(change)).rejects.toEqual(code('invalid-record'));
        }
        const endless: Record<string, unknown> = {};
        endless.self = endless;
        await expect(store.commit({ put: [setting('new', 1), setting('bad', endless)] })).rejects.toEqual(code('invalid-record'));
        expect((await store.list('setting')).map(({ id }) => id)).toEqual(['kept']);
      });

      it('of many commits at once are all kept', async () => {
        await Promise.all(Array.from({ length: 20 }, (_, index) => store.commit({ put: [setting(`s${index}`, index)] })));
        expect(await store.list('setting')).toHaveLength(20);
      });

      it('may have any text as an id', async () => {
        const ids = [
          '../../outside',
          '..%2f',
          '/etc/passwd',
          '__proto__',
          'constructor',
          'CON',
          'a\u0000b',
          '',
          '.',
          'ä'.repeat(500),
          '<b>',
        ];
        await store.commit({ put: ids.map((id) => setting(id, id)) });
        for (const id of ids) expect((await store.get('setting', id))?.value).toBe(id);
        expect((await store.list('setting')).map(({ id }) => id).sort()).toEqual([...ids].sort());
        await store.commit({ remove: ids.map((id) => ({ kind: 'setting', id })) });
        expect(await store.list('setting')).toEqual([]);
      });

      it('may have keys that an object of the language has', async () => {
        const value: unknown = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": 2}, "$number": "NaN", "$$": "$"}');
        await store.commit({ put: [setting('hostile', value)] });
        const kept = (await store.get('setting', 'hostile'))?.value as object;
        expect(JSON.stringify(kept)).toBe(JSON.stringify(value));
        expect(Object.hasOwn(kept, '__proto__')).toBe(true);
        expect(({} as { polluted?: number }).polluted).toBeUndefined();
      });

      it('of another kind, or without an id, are refused', async () => {
        for (const kind of ['__proto__', 'toString', 'other'] as unknown[] as RecordKind[]) {
          await expect(store.get(kind, 'x')).rejects.toEqual(code('invalid-record'));
          await expect(store.list(kind)).rejects.toEqual(code('invalid-record'));
          await expect(store.commit({ remove: [{ kind, id: 'x' }] })).rejects.toEqual(code('invalid-record'));
        }
        await expect(store.commit({ put: [setting(7 as unknown as string, 1)] })).rejects.toEqual(code('invalid-record'));
      });
    });

    describe('a writer', () => {
      it('that has been overtaken is refused, and nothing of its change is made', async () => {
        await store.commit({ put: [dataset('one'), setting('kept', 1)] });
        const read = await store.get('dataset', 'one');
        await store.commit({ put: [{ ...dataset('one'), name: 'renamed elsewhere' }] });
        const change = {
          put: [{ ...dataset('one'), name: 'renamed here' }, setting('beside', 1)],
          remove: [{ kind: 'setting' as const, id: 'kept' }],
          expect: [{ kind: 'dataset' as const, id: 'one', is: read }],
        };
        await expect(store.commit(change)).rejects.toEqual(code('stale-write'));
        expect((await store.get('dataset', 'one'))?.name).toBe('renamed elsewhere');
        expect((await store.list('setting')).map(({ id }) => id)).toEqual(['kept']);
        await store.commit({ ...change, expect: [{ kind: 'dataset', id: 'one', is: await store.get('dataset', 'one') }] });
        expect((await store.get('dataset', 'one'))?.name).toBe('renamed here');
      });

      it('that expects nothing, or something, is refused where it is otherwise', async () => {
        const none = { kind: 'setting' as const, id: 's' };
        await store.commit({ put: [setting('s', Number.NaN)], expect: [none] });
        await expect(store.commit({ put: [setting('s', 2)], expect: [none] })).rejects.toEqual(code('stale-write'));
        await store.commit({ put: [setting('s', [-0, { a: undefined }])], expect: [{ ...none, is: setting('s', Number.NaN) }] });
        await expect(store.commit({ put: [setting('s', 2)], expect: [{ ...none, is: setting('s', [0, {}]) }] })).rejects.toEqual(
          code('stale-write'),
        );
        await store.commit({ remove: [none], expect: [{ ...none, is: setting('s', [-0, { a: undefined }]) }] });
        await expect(store.commit({ put: [setting('s', 2)], expect: [{ ...none, is: setting('s', 2) }] })).rejects.toEqual(
          code('stale-write'),
        );
      });

      it('of many that change one record at once loses nothing', async () => {
        // Each opened memory is one of its own.
        const other = place.kept ? await open() : store;
        const writers = [store, other, other, store];
        await store.commit({ put: [setting('sum', 0)] });
        await Promise.all(
          writers.map(async (writer) => {
            for (let time = 0; time < 4; time++) {
              await updateRecord(writer, 'setting', 'sum', (sum) => setting('sum', Number(sum?.value) + 1));
            }
          }),
        );
        expect((await store.get('setting', 'sum'))?.value).toBe(16);
      });
    });

    describe('chunks', () => {
      it('come back byte by byte, the empty one too', async () => {
        for (const content of [bytes(100_000), new Uint8Array(0), bytes(10).subarray(3, 7)]) {
          const ref = await store.putChunk(content);
          expect(ref).toEqual({ hash: await sha256(content), bytes: content.byteLength });
          expect(await store.getChunk(ref)).toEqual(content.slice());
        }
      });

      it('are independent of what was put and what was got', async () => {
        const content = bytes(8);
        const putting = store.putChunk(content);
        content.fill(0);
        const ref = await putting;
        (await store.getChunk(ref)).fill(0);
        expect(await store.getChunk(ref)).toEqual(bytes(8));
      });

      it('put twice are kept once', async () => {
        const writers = [store, store, await open(), await open()];
        const refs = await Promise.all(writers.map((writer) => writer.putChunk(bytes(5000))));
        for (const ref of refs) expect(ref).toEqual(refs[0]);
        if (place.kept) expect(await place.kept()).toEqual([refs[0].hash]);
        expect(await store.getChunk(refs[0])).toEqual(bytes(5000));
      });

      it('that are not there are missing', async () => {
        await expect(store.getChunk(unknownRef)).rejects.toEqual(code('chunk-missing'));
      });

      it('of another length than named are damaged', async () => {
        const ref = await store.putChunk(bytes(10));
        await expect(store.getChunk({ ...ref, bytes: 9 })).rejects.toEqual(code('chunk-damaged'));
      });

      it('named by something that is not a hash are refused', async () => {
        for (const hash of ['../records', '__proto__', '', 'A'.repeat(64), 7]) {
          await expect(store.getChunk({ hash: hash as string, bytes: 1 })).rejects.toEqual(code('invalid-chunk'));
          await expect(store.abandon([{ hash: hash as string, bytes: 1 }])).rejects.toEqual(code('invalid-chunk'));
        }
      });
    });

    describe('collecting', () => {
      it('frees what no record names, and nothing else', async () => {
        const [named, loose] = [await store.putChunk(bytes(1000, 1)), await store.putChunk(bytes(2000, 2))];
        await store.commit({ put: [dataset('one', [named, loose])] });
        expect(await store.collect()).toBe(0);
        await store.commit({ put: [dataset('one', [named])] });
        expect(await store.collect()).toBe(2000);
        expect(await store.getChunk(named)).toEqual(bytes(1000, 1));
        await expect(store.getChunk(loose)).rejects.toEqual(code('chunk-missing'));
        expect(await store.collect()).toBe(0);
      });

      it('finds references wherever a record holds them', async () => {
        const ref = await store.putChunk(bytes(10));
        await store.commit({ put: [setting('deep', [{ a: { b: [ref] } }])] });
        expect(await store.collect()).toBe(0);
        await store.commit({ remove: [{ kind: 'setting', id: 'deep' }] });
        expect(await store.collect()).toBe(10);
      });

      it('leaves what a writer is about to name', async () => {
        const ref = await store.putChunk(bytes(10));
        expect(await store.collect()).toBe(0);
        await store.commit({ put: [setting('another', 1)] });
        expect(await store.collect()).toBe(0);
        await store.commit({ put: [dataset('one', [ref])] });
        expect(await store.getChunk(ref)).toEqual(bytes(10));
      });

      it('frees what a writer has given up, unless a record or another writer names it', async () => {
        const [loose, named, twice] = [
          await store.putChunk(bytes(10, 1)),
          await store.putChunk(bytes(20, 2)),
          await store.putChunk(bytes(30, 3)),
        ];
        await store.putChunk(bytes(30, 3));
        await store.commit({ put: [dataset('one', [named])] });
        await store.abandon([loose, named, twice, unknownRef]);
        await expect(store.getChunk(loose)).rejects.toEqual(code('chunk-missing'));
        expect(await store.getChunk(named)).toEqual(bytes(20, 2));
        expect(await store.getChunk(twice)).toEqual(bytes(30, 3));
        await store.abandon([twice]);
        await expect(store.getChunk(twice)).rejects.toEqual(code('chunk-missing'));
      });
    });

    it('tells watchers which kinds were committed, until they stop', async () => {
      const seen: RecordKind[][] = [];
      const stop = store.watch((kinds) => seen.push(kinds));
      await store.commit({ put: [dataset('one')], remove: [{ kind: 'run', id: 'x' }] });
      expect(seen).toEqual([['dataset', 'run']]);
      await store.commit({ put: [setting('bad', () => 1)] }).catch(() => undefined);
      stop();
      await store.commit({ put: [dataset('two')] });
      expect(seen).toHaveLength(1);
    });

    it('does nothing more once it is closed', async () => {
      await store.close();
      await store.close();
      for (const use of [
        store.get('dataset', 'x'),
        store.list('dataset'),
        store.commit({}),
        store.putChunk(bytes(1)),
        store.collect(),
        store.usage(),
      ]) {
        await expect(use).rejects.toEqual(code('storage-closed'));
      }
    });

    it('tells how much is used', async () => {
      await store.putChunk(bytes(100_000));
      expect((await store.usage()).used).toBeGreaterThanOrEqual(0);
    });
  });
}
