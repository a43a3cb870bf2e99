/** The command that a run offers does what it says: pasted into a shell, it gives the run's figures to the last digit. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { commandOf, requestOf } from '../../../src/ui/runs/reproduce.js';
import { script } from '../cli/command.js';
import { resultOf, workplace } from '../train/workplace.js';

const folder = mkdtempSync(join(tmpdir(), "benchwright it's "));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('pasted into a shell, and by one click', { timeout: 60_000 }, async () => {
  const { builtin, train, trainer, datasets, store } = workplace();
  const penguins = await builtin('penguins');
  const spec = {
    target: 'species',
    seed: 6,
    epochs: 5,
    pipeline: { derive: [{ name: "bill's ratio", expression: 'bill_length_mm / bill_depth_mm' }] },
  };
  const { run } = await train(penguins, spec);
  const command = commandOf(run, penguins).replace('npx benchwright', `${process.execPath} ${script}`);
  const { status, stdout, stderr } = spawnSync('sh', ['-c', `${command} --json`], { cwd: folder, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ metrics: run.scores, epochs: run.curve.length, device: 'wasm' });

  // The version that it was trained on, though another is in use by now.
  const revised = await resultOf(
    datasets.revise(
      penguins.id,
      {
        kind: 'text',
        name: 'more.csv',
        text: 'species,island,bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g,sex\nGentoo,Biscoe,50,15,220,5000,male\n',
      },
      { append: true },
    ),
  );
  expect((await store.get('dataset', penguins.id))?.hash).not.toBe(run.dataset.hash);
  expect(revised).toBeDefined();
  const again = await resultOf(trainer.train(requestOf(run)));
  expect(again.curve).toEqual(run.curve);
  expect(again.scores).toEqual(run.scores);
  expect(again.dataset).toEqual(run.dataset);
});

test('tags and notes are kept on the run, bounded, and not while it is being trained', async () => {
  const { builtin, train, trainer } = workplace();
  const iris = await builtin('iris');
  const { run } = await train(iris, { target: 'species', epochs: 2 });
  await trainer.annotate(run.id, { tags: ['good', ' good ', 'first'] });
  await trainer.annotate(run.id, { notes: 'The one to beat.' });
  expect(await trainer.run(run.id)).toEqual({ ...run, tags: ['good', 'first'], notes: 'The one to beat.' });
  await expect(trainer.annotate(run.id, { tags: ['x'.repeat(41)] })).rejects.toMatchObject({
    code: 'invalid-run-marks',
    place: { field: 'tags.0' },
  });
  await expect(trainer.annotate('nothing', {})).rejects.toMatchObject({ code: 'unknown-run' });
  const work = trainer.train({ dataset: iris.id, spec: { target: 'species', epochs: 30 } });
  for await (const event of work) {
    if (event.kind !== 'epoch') continue;
    const [active] = await trainer.runs();
    await expect(trainer.annotate(active.id, { notes: 'now' })).rejects.toMatchObject({ code: 'run-active' });
    break;
  }
});
