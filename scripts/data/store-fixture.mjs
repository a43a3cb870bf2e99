/**
 * Writes test/golden/store/VERSION: a small store as this version of Benchwright writes it, as a folder and as a .bench file, and what is in it
 * (`expected.json`). Fixtures of versions that are out are never written again: tests open them for ever. When the layout of a folder, of records
 * or of a .bench file changes, write one more beside them first:
 *
 *     node scripts/data/store-fixture.mjs v1
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, exit } from 'node:process';
import { ensureNodeBuild } from '../build.mjs';
import { root } from '../ensure.mjs';

const name = argv[2] ?? '';
const folder = join(root, 'test/golden/store', name);
if (!/^v\d+$/.test(name) || existsSync(folder)) {
  console.error(name ? `${folder} is there already, or is no version's name (v1).` : 'Which version? For example v1.');
  exit(2);
}

await ensureNodeBuild();
const { createWorkbench } = await import('../../dist/node/index.js');

async function finish(work, each) {
  for (let next = await work.next(); ; next = await work.next()) {
    if (next.done) return next.value;
    each?.(next.value);
  }
}

mkdirSync(folder, { recursive: true });
const store = join(folder, 'store');
const workbench = await createWorkbench({ storage: 'files', path: store });
const rows = (count, of) => Array.from({ length: count }, (_, row) => of(row).join(',')).join('\n');
const table = (count) =>
  `when,x,größe,kind,note\n${rows(count, (row) => [`2024-01-0${(row % 9) + 1}`, (row % 7) / 2, row % 5 === 3 ? '' : (row * 37) % 101, row % 2 ? 'odd' : 'even', `"row ${row}, with a comma"`])}\n`;
const bring = (called, text) => finish(workbench.datasets.import({ kind: 'text', name: called, text }));
const kept = await bring('kept.csv', table(60));
const deleted = await bring('deleted.csv', 'a,b\n1,2\n3,4\n');
await workbench.datasets.rename(kept.id, 'Kept, renamed');
await workbench.datasets.remove(deleted.id);
const spec = {
  target: 'kind',
  layers: [{ kind: 'dense', units: 4, activation: 'relu' }],
  ignore: ['note'],
  epochs: 3,
  patience: 0,
  seed: 11,
  device: 'wasm',
};
const finished = await finish(workbench.trainer.train({ dataset: kept.id, spec }));
// Cut off: one run that has a checkpoint to go on from.
const stopping = new AbortController();
await finish(
  workbench.trainer.train({ dataset: kept.id, spec: { ...spec, epochs: 100000, seed: 12 } }, { signal: stopping.signal }),
  (event) => {
    if (event.kind === 'epoch' && event.point.epoch === 5) stopping.abort();
  },
).catch(() => undefined);
await workbench.pipelines.save('Robust', { columns: [{ column: 'x', step: { as: 'number', scale: 'robust' } }] });
await finish(workbench.datasets.profile(kept.id));

const pieces = [];
await finish(workbench.project.export(), ({ piece }) => pieces.push(piece.slice()));
writeFileSync(join(folder, 'project.bench'), Buffer.concat(pieces));
const row = { when: '2024-01-03', x: 1.5, größe: 40 };
const expected = {
  datasets: (await workbench.datasets.list()).map(({ id, name, hash, rows, fields }) => ({
    id,
    name,
    hash,
    rows,
    columns: fields.map((field) => [field.name, field.type]),
  })),
  deleted: deleted.id,
  runs: (await workbench.trainer.runs()).map(({ id, status, dataset, curve }) => ({
    id,
    status,
    data: dataset.hash,
    epochs: curve.length,
  })),
  models: (await workbench.models.list()).map(({ id, name, weights }) => ({ id, name, weights: weights.hash })),
  pipelines: (await workbench.pipelines.list()).map(({ id, name, pipeline }) => ({ id, name, pipeline })),
  row,
  answer: (await workbench.models.predict(finished.modelId, [row]))[0],
};
await workbench.close();
writeFileSync(join(folder, 'expected.json'), `${JSON.stringify(expected, null, 1)}\n`);
