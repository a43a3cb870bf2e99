/** What format 3 wrote, a run with what was seen of it and a sweep with its trials, is opened for ever. */
import { openAsBlob, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createWorkbench } from '../../../src/host/node/workbench.js';

const at = (name: string): string => fileURLToPath(new URL(`../../golden/store/v3/${name}`, import.meta.url));
const expected = JSON.parse(readFileSync(at('expected.json'), 'utf8'));

it('has what was seen of the run, and all trials of the sweep', async () => {
  const workbench = await createWorkbench();
  const importing = workbench.project.import(await openAsBlob(at('project.bench')));
  while (!(await importing.next()).done);
  expect(await workbench.trainer.insight(expected.run)).toEqual(expected.insight);
  expect(await workbench.sweeps.get(expected.sweep)).toMatchObject({ status: 'finished', winner: expected.winner });
  const trials = await workbench.sweeps.trials(expected.sweep);
  expect(trials.map(({ number, values, rungs }) => ({ number, values, rungs }))).toEqual(expected.trials);
  await workbench.close();
});
