/**
 * R1: a fault at every operation on the store, in turn, of whatever people do. Afterwards the place is opened anew, as after a crash: it is as some
 * commit has left it, every chunk that a record names is whole, and nothing that no record names stays.
 */
import { describe, expect, it, vi } from 'vitest';
import { createDeviceOwner } from '../../../src/compute/owner.js';
import { createDatasets } from '../../../src/data/catalogue.js';
import type { Datasets } from '../../../src/data/datasets.js';
import { createModels } from '../../../src/infer/create.js';
import type { Models } from '../../../src/infer/models.js';
import { createProject } from '../../../src/storage/bundle/create.js';
import type { Project } from '../../../src/storage/bundle/project.js';
import { namedRefs } from '../../../src/storage/records.js';
import type { Store } from '../../../src/storage/store.js';
import { createTrainer } from '../../../src/train/create.js';
import type { Trainer } from '../../../src/train/trainer.js';
import type { Place } from './place.js';

type Operation = 'putChunk' | 'commit' | 'abandon' | 'collect';
/** `before`: it fails. `after`: it is done, and the word of it is lost. `death`: it fails, and the process does nothing more. */
type Fault = 'before' | 'after' | 'death';

/** A store of which one operation fails; counts them all. */
function faulty(
  store: Store,
  fault?: { at: number; how: Fault },
): { store: Store; count: () => number; committed: (() => Promise<void>)[] } {
  let done = 0;
  let dead = false;
  const committed: (() => Promise<void>)[] = [];
  const guard =
    (name: Operation) =>
    async (...given: unknown[]): Promise<unknown> => {
      const now = done++;
      if (dead) return await new Promise(() => undefined);
      const work = (): Promise<unknown> => (store[name] as (...all: unknown[]) => Promise<unknown>).apply(store, given);
      if (fault?.at !== now) {
        const answer = await work();
        if (name === 'commit') for (const tell of committed) await tell();
        return answer;
      }
      if (fault.how === 'after') await work();
      dead = fault.how === 'death';
      throw new Error(`The disk failed at operation ${now}, ${name}.`);
    };
  const names: Operation[] = ['putChunk', 'commit', 'abandon', 'collect'];
  const guarded = new Map<PropertyKey, unknown>(names.map((name) => [name, guard(name)]));
  const proxy = new Proxy(store, {
    get(target, name) {
      const value: unknown = guarded.get(name) ?? Reflect.get(target, name, target);
      return typeof value === 'function' && !guarded.has(name) ? value.bind(target) : value;
    },
  });
  return { store: proxy, count: () => done, committed };
}

interface Rooms {
  datasets: Datasets;
  trainer: Trainer;
  models: Models;
  project: Project;
}

function roomsOf(store: Store): Rooms {
  const devices = createDeviceOwner({ recall: async () => undefined, remember: async () => undefined });
  const parts = { store, devices, readBuiltin: never, loadDecoder: never };
  return {
    datasets: createDatasets(parts),
    trainer: createTrainer({ store, devices, readBuiltin: never, defaultDevice: 'wasm' }),
    models: createModels(parts),
    project: createProject(store),
  };
}

const never = (): never => {
  throw new Error('Nothing of the host is needed here.');
};

async function finish<Event, Result>(work: AsyncGenerator<Event, Result>, each?: (event: Event) => unknown): Promise<Result> {
  for (let next = await work.next(); ; next = await work.next()) {
    if (next.done) return next.value;
    each?.(next.value);
  }
}

const table = (rows: number, shift = 0): string =>
  `n,m,parity\n${Array.from({ length: rows }, (_, row) => `${row + shift},${(row * 37) % 101},${row % 2 ? 'odd' : 'even'}`).join('\n')}\n`;
const text = (rows: number, shift = 0, name = 'table.csv') => ({ kind: 'text', name, text: table(rows, shift) }) as const;
/** One that is known again, so that how far it has come is kept. */
const file = (rows: number) =>
  ({ kind: 'file', name: 'large.csv', file: new File([table(rows)], 'large.csv', { lastModified: 7 }) }) as const;

/** What the records say, without what differs each time: names, content, which model is of which run. */
async function stateOf(store: Store): Promise<string> {
  const [datasets, runs, models, imports] = await Promise.all([
    store.list('dataset'),
    store.list('run'),
    store.list('model'),
    store.list('import'),
  ]);
  const state = {
    datasets: datasets.map(({ name, hash, rows, deleted, versions = [] }) => [
      name,
      hash,
      rows,
      deleted !== undefined,
      versions.map((each) => each.hash),
    ]),
    // A run that came to nothing says so, or is begun: neither is half of anything.
    runs: runs
      .filter(({ modelId }) => modelId)
      .map(({ name, modelId, curve }) => [name, models.some(({ id }) => id === modelId), curve.length]),
    models: models.map(({ name, weights, deleted }) => [name, weights.hash, deleted !== undefined]),
    imports: imports.map(({ name, after, chunks }) => [name, after.row, chunks.length]),
  };
  return JSON.stringify(state);
}

interface Deed {
  /** What is there to begin with. */
  start?(rooms: Rooms): Promise<unknown>;
  doing(rooms: Rooms, store: Store): Promise<unknown>;
}

const first = async ({ datasets }: Rooms): Promise<string> => (await datasets.list())[0].id;
const spec = { target: 'parity', preset: 'linear', epochs: 2, patience: 0, seed: 3, device: 'wasm' } as const;
const oneTable = ({ datasets }: Rooms): Promise<unknown> => finish(datasets.import(text(9000)));

const deeds: Record<string, Deed> = {
  'an import': { doing: ({ datasets }) => finish(datasets.import(text(20_000))) },
  'an import whose progress is kept': { doing: ({ datasets }) => finish(datasets.import(file(40_000))) },
  'a new version': { start: oneTable, doing: async (rooms) => finish(rooms.datasets.revise(await first(rooms), text(9000, 1))) },
  'rows that are appended': {
    start: oneTable,
    doing: async (rooms) => finish(rooms.datasets.revise(await first(rooms), text(20, 9000), { append: true })),
  },
  'going back to a version': {
    start: async (rooms) => {
      await oneTable(rooms);
      await finish(rooms.datasets.revise(await first(rooms), text(500)));
    },
    doing: async (rooms) => rooms.datasets.useVersion(await first(rooms), 1),
  },
  'deleting a version': {
    start: async (rooms) => {
      await oneTable(rooms);
      await finish(rooms.datasets.revise(await first(rooms), text(500)));
    },
    doing: async (rooms) => rooms.datasets.removeVersion(await first(rooms), 1),
  },
  'deleting a dataset': { start: oneTable, doing: async (rooms) => rooms.datasets.remove(await first(rooms)) },
  'a training that saves its model': {
    start: ({ datasets }) => finish(datasets.import(text(200))),
    doing: async (rooms) => finish(rooms.trainer.train({ dataset: await first(rooms), spec })),
  },
  'freeing what was deleted': {
    start: async (rooms) => {
      await oneTable(rooms);
      await rooms.datasets.remove(await first(rooms));
    },
    async doing(_, store) {
      const { emptyBin } = await import('../../../src/storage/inventory/items.js');
      await emptyBin(store);
    },
  },
};

/** Every look at the clock finds that it is time to keep how far an import has come; trainings are left the real one. */
export function keepOften({ task }: { task: { name: string } }): void {
  if (!task.name.includes('whose progress is kept')) return;
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 10_000));
}

export function faultContract(
  name: string,
  createPlace: () => Promise<Required<Pick<Place, 'open' | 'kept' | 'dispose'>>>,
  timeout = 60_000,
): void {
  describe(`${name} store, with a fault at every operation`, () => {
    for (const [called, { start, doing }] of Object.entries(deeds)) {
      it(`is as some commit of ${called} has left it`, { timeout }, async () => {
        // Once without a fault: how many operations there are, and what each commit leaves.
        const allowed = new Set<string>();
        const whole = await createPlace();
        const clean = await whole.open();
        await start?.(roomsOf(clean));
        allowed.add(await stateOf(clean));
        const counting = faulty(clean);
        counting.committed.push(async () => void allowed.add(await stateOf(clean)));
        await doing(roomsOf(counting.store), counting.store);
        await clean.close();
        await whole.dispose();
        expect(counting.count()).toBeGreaterThan(0);
        // As it was or as it is to be, and nothing between; but for an import that says how far it has come.
        if (!called.includes('whose progress is kept')) expect(allowed.size).toBe(2);

        for (let at = 0; at < counting.count(); at++) {
          for (const how of ['before', 'after', 'death'] as const) {
            const place = await createPlace();
            const prepared = await place.open();
            await start?.(roomsOf(prepared));
            await prepared.close();
            const disturbed = await place.open();
            const fault = faulty(disturbed, { at, how });
            const done = doing(roomsOf(fault.store), fault.store).catch(() => undefined);
            // A dead process never comes back; nor does what waits for it.
            await (how === 'death' ? Promise.race([done, settled(fault)]) : done);
            await disturbed.close();

            const again = await place.open();
            const state = await stateOf(again);
            expect([...allowed], `${how} operation ${at} of ${called}`).toContain(state);
            await again.collect();
            const named = await namedIn(again);
            for (const ref of named.values()) expect((await again.getChunk(ref)).byteLength).toBe(ref.bytes);
            expect((await place.kept()).sort(), `${how} operation ${at} of ${called}`).toEqual([...named.keys()].sort());
            await again.close();
            await place.dispose();
          }
        }
      });
    }
  });
}

/** Once the dead store has been asked for nothing more for a while. */
async function settled({ count }: { count: () => number }): Promise<void> {
  for (let last = -1; last !== count(); ) {
    last = count();
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
}

async function namedIn(store: Store): Promise<Map<string, { hash: string; bytes: number }>> {
  const lists = await Promise.all((['dataset', 'run', 'model', 'import', 'setting'] as const).map((kind) => store.list(kind)));
  return new Map(
    lists
      .flat()
      .flatMap(namedRefs)
      .map((ref) => [ref.hash, ref]),
  );
}
