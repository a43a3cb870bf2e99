/** A project leaves a browser as one file and arrives in another, and in Node, with the same hashes and answers. */
import { openAsBlob, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createWorkbench } from '../../src/host/node/index.js';
import { openBuiltin, startTraining, trained } from './support/journey.mjs';
import { visiting } from './support/visiting.js';
import { newVisitor } from './support/visitor.js';

describe('a project', () => {
  const visit = visiting();

  it('goes from one browser to another and to Node, and back', async () => {
    const { page, site } = visit;
    await openBuiltin(page, 'Iris flowers');
    await startTraining(page, { 'Column to predict': 'species', Seed: '2' });
    await trained(page);
    await page.goto(`${site.address}#/settings`);
    // A native dialog for the place of a file cannot be driven: without it, the file is a download.
    await page.evaluate(() => Reflect.deleteProperty(globalThis, 'showSaveFilePicker'));
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export the project' }).click()]);
    expect(download.suggestedFilename()).toMatch(/^benchwright-.*\.bench$/);
    await page.getByText(/^Exported: 3 items/).waitFor();
    const path = await download.path();

    const node = await createWorkbench();
    const importing = node.project.import(await openAsBlob(path));
    while (!(await importing.next()).done);
    const [model] = await node.models.list();
    const [dataset] = await node.datasets.list();
    expect([model.lineage.dataset.hash, model.lineage.dataset.id]).toEqual([dataset.hash, dataset.id]);
    const flower = { sepal_length: 5.9, sepal_width: 3, petal_length: 5.1, petal_width: 1.8 };
    const [{ prediction }] = await node.models.predict(model.id, [flower]);
    expect(prediction).toBe('virginica');
    await node.close();

    const other = await newVisitor();
    try {
      const there = await other.open(`${site.address}#/settings`);
      const choose = () => there.getByLabel('Import a project…').setInputFiles(path);
      await choose();
      await there.getByText('3 new.').waitFor();
      await there.screenshot({ path: process.env.PROJECT_SHOT ?? 'test/results/project.png', fullPage: true });
      await there.getByRole('button', { name: 'Import', exact: true }).click();
      await there.getByText('Imported: 3 new.').waitFor();
      await choose();
      await there.getByText('0 new, 3 already here.').waitFor();
      await there.getByRole('button', { name: 'Not now' }).click();
      await there.evaluate(() => Reflect.deleteProperty(globalThis, 'showSaveFilePicker'));
      const [again] = await Promise.all([
        there.waitForEvent('download'),
        there.getByRole('button', { name: 'Export the project' }).click(),
      ]);
      const chunks = (file: Buffer): string =>
        JSON.stringify(JSON.parse(file.subarray(48, 48 + file.readUInt32LE(12)).toString('utf8')).chunks);
      expect(chunks(readFileSync(await again.path()))).toBe(chunks(readFileSync(path)));
      await there.getByLabel('Import a project…').setInputFiles({ name: 'x.bench', mimeType: '', buffer: Buffer.from('not one') });
      await there.getByText('This is not a Benchwright project').waitFor();
      expect(other.faults).toEqual([]);
    } finally {
      await other.forget();
    }
  });
});
