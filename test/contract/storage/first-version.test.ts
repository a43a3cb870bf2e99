/** What version 1 wrote, as a folder and as a .bench file, is opened for ever: nothing is lost, and what was cut off goes on. */

import { openAsBlob, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorkbench } from '../../../src/host/node/workbench.js';
import type { Workbench } from '../../../src/host/workbench.js';
import type { PipelineSpec } from '../../../src/spec/pipeline-spec.js';

const fixture = fileURLToPath(new URL('../../golden/store/v1', import.meta.url));
const expected = JSON.parse(readFileSync(join(fixture, 'expected.json'), 'utf8')) as {
  datasets: { id: string; name: string; hash: string; rows: number; columns: [string, string][] }[];
  runs: { id: string; status: string; data: string; epochs: number }[];
  models: { id: string; name: string; weights: string }[];
  pipelines: { id: string; name: string; pipeline: PipelineSpec }[];
  row: Record<string, string | number>;
  answer: unknown;
};

async function finish<Result>(work: AsyncGenerator<unknown, Result>): Promise<Result> {
  for (let next = await work.next(); ; next = await work.next()) if (next.done) return next.value;
}

async function found(workbench: Workbench) {
  const [datasets, runs, models] = await Promise.all([workbench.datasets.list(), workbench.trainer.runs(), workbench.models.list()]);
  return {
    datasets: datasets.map(({ id, name, hash, rows, fields }) => ({
      id,
      name,
      hash,
      rows,
      columns: fields.map((field) => [field.name, field.type]),
    })),
    runs: runs.map(({ id, status, dataset, curve }) => ({ id, status, data: dataset.hash, epochs: curve.length })),
    models: models.map(({ id, name, weights }) => ({ id, name, weights: weights.hash })),
  };
}

describe('what version 1 wrote', () => {
  let folder: string;
  let workbench: Workbench;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'benchwright-v1-'));
  });
  afterEach(async () => {
    await workbench.close();
    await rm(folder, { recursive: true, force: true });
  });

  const { datasets, runs, models, pipelines, row, answer } = expected;

  it('is all there in a folder: rows, answers to the last digit', async () => {
    await cp(join(fixture, 'store'), folder, { recursive: true });
    workbench = await createWorkbench({ storage: 'files', path: folder });
    expect(await found(workbench)).toEqual({ datasets, runs, models });
    expect((await workbench.pipelines.list()).map(({ id, name, pipeline }) => ({ id, name, pipeline }))).toEqual(pipelines);
    expect(await workbench.datasets.preview(datasets[0].id, 0, 100)).toMatchObject({ rows: datasets[0].rows });
    expect((await workbench.models.predict(models[0].id, [row]))[0]).toEqual(answer);
    // It had not looked yet at how a training went on.
    for (const { id } of runs) expect(await workbench.trainer.insight(id)).toBeUndefined();
    expect(await workbench.datasets.versions(datasets[0].id)).toMatchObject([{ number: 1, inUse: true, how: 'imported', rows: 60 }]);
  });

  it('goes on from its checkpoint, also when the dataset has a newer version', async () => {
    await cp(join(fixture, 'store'), folder, { recursive: true });
    workbench = await createWorkbench({ storage: 'files', path: folder });
    await finish(workbench.datasets.revise(datasets[0].id, { kind: 'text', name: 'other.csv', text: 'x,kind\n1,odd\n2,even\n' }));
    const cutOff = runs.find(({ status }) => status === 'interrupted');
    if (!cutOff) throw new Error('The fixture has a run that was cut off.');
    const resumed = await workbench.trainer.run(cutOff.id);
    const stop = new AbortController();
    const training = workbench.trainer.train({ dataset: datasets[0].id, spec: resumed.spec, resume: cutOff.id }, { stop: stop.signal });
    let epochs = 0;
    for (let next = await training.next(); ; next = await training.next()) {
      if (next.done) {
        expect(next.value).toMatchObject({ id: cutOff.id, status: 'stopped', dataset: { hash: cutOff.data } });
        break;
      }
      if (next.value.kind === 'epoch') epochs += 1;
      if (epochs > cutOff.epochs + 2) stop.abort();
    }
  });

  it('comes in from a .bench file', async () => {
    workbench = await createWorkbench({ storage: 'files', path: folder });
    await finish(workbench.project.import(await openAsBlob(join(fixture, 'project.bench'))));
    expect(await found(workbench)).toEqual({ datasets, runs, models });
    expect((await workbench.models.predict(models[0].id, [row]))[0]).toEqual(answer);
  });
});
