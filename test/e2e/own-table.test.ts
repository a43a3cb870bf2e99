/** A table of one's own: dropped, trained on, and a file predicted, whose CSV is checked; what is wrong with a file is said. */
import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { startTraining, trained, useModel } from './support/journey.mjs';
import { visiting } from './support/visiting.js';

const csv = readFileSync(new URL('../../public/data/penguins.csv', import.meta.url), 'utf8');

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Drops a text as a file on a drop zone. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([fileName, content]) => {
      const data = new DataTransfer();
      data.items.add(new File([content], fileName, { type: 'text/csv' }));
      return data;
    },
    [name, text],
  );
  const zone = page.getByText('Drop a table or pictures here');
  for (const type of ['dragover', 'drop']) await zone.dispatchEvent(type, { dataTransfer: transfer });
}

describe('a table of one’s own', () => {
  const visit = visiting();

  it('is dropped, learnt from, and used on a file', async () => {
    const { page } = visit;
    await drop(page, 'my penguins.csv', csv);
    await page.getByRole('heading', { level: 1, name: 'my penguins' }).waitFor();
    await startTraining(page, { 'Column to predict': 'species', Seed: '2' });
    await trained(page);
    await useModel(page);

    const [header, ...rows] = csv.trim().split('\n');
    const few = [header, ...rows.slice(0, 20)].join('\n');
    await page.getByLabel('Drop a file to predict').setInputFiles({ name: 'few.csv', mimeType: 'text/csv', buffer: Buffer.from(few) });
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download the CSV' }).click()]);
    expect(download.suggestedFilename()).toBe('few-predictions.csv');
    const [outHeader, ...out] = readFileSync(await download.path(), 'utf8')
      .trim()
      .split(/\r?\n/);
    expect(outHeader).toBe(`${header.trim()},prediction,probability_Adelie,probability_Chinstrap,probability_Gentoo`);
    expect(out).toHaveLength(20);
    const right = out.filter(
      (line, index) => line.startsWith(rows[index].trim()) && line.split(',')[7] === rows[index].trim().split(',')[6],
    );
    expect(right.length).toBeGreaterThanOrEqual(18);
  });

  it('is chosen where an archive holds several of different columns', async () => {
    const { page } = visit;
    const archive = zipSync({
      'set/flowers.csv': bytes('a,b\n1,x\n2,y\n'),
      'set/prices.json': bytes('[{"price":1},{"price":2},{"price":4}]'),
    });
    await page
      .locator('bw-drop-zone input[type=file]')
      .first()
      .setInputFiles({ name: 'set.zip', mimeType: 'application/zip', buffer: Buffer.from(archive) });
    await page.getByText(/^set\.zip holds 2 tables of different columns/).waitFor();
    await page.getByRole('button', { name: 'set/prices.json' }).click();
    await page.getByText('3 rows × 1 column').waitFor();
  });

  it('says where a ragged row is, and nothing is kept', async () => {
    const { page } = visit;
    await drop(page, 'ragged.csv', 'a,b\n1,2\n3\n4,5\n');
    await page.getByText(/^ragged\.csv, line 3/).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Or begin with a real one' }).waitFor();
    expect(await page.getByRole('heading', { name: 'Your tables' }).count()).toBe(0);
  });
});
