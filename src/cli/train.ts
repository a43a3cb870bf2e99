/** `benchwright train DATA`: from a table to a saved model, and what it is worth. */
import { InputError } from '../base/errors.js';
import { presets } from '../spec/preset.js';
import { tasks } from '../spec/task.js';
import type { Command } from './command.js';
import { extractorOptions } from './extractor.js';
import { findRate, findRateOption, rateText, refuseBesideSearch } from './find-rate.js';
import { withLayersOf } from './json-file.js';
import { jsonOption, refuseTogether } from './parse.js';
import { trainText } from './train-answer.js';
import { trainInto } from './train-run.js';
import { trainingWish } from './train-spec.js';

export const train: Command = {
  name: 'train',
  summary: 'train a model on a table or pictures and save it',
  positionals: ['DATA'],
  options: {
    target: {
      value: 'COL',
      description: 'the column to predict (built-in data and pictures know their own); of anomalies, known labels that judge',
    },
    task: {
      value: 'TASK',
      description: `${tasks.join(', ')} (a forecast needs --time, unless one column alone holds dates), or text: what fits, from a column of text; left out, decided from the data`,
    },
    test: { value: 'DATA', description: 'other data of the same kind that is the test set' },
    split: { value: 'F', description: 'the share of rows to test on, between 0 and 1, also where the data came divided' },
    folds: { value: 'K', description: 'test every row once, in K folds; the saved model learns from all but validation rows' },
    group: { value: 'COL', description: 'rows with the same value of this column stay together; of a forecast, they are one series' },
    time: { value: 'COL', description: 'earlier rows train, the latest test; of a forecast, the order of the rows' },
    horizon: { value: 'N', description: 'rows ahead that a forecast tells (1 when left out)' },
    lookback: { value: 'N', description: 'rows that a forecast looks back at (a few seasons when left out)' },
    season: { value: 'N', description: 'rows after which a series repeats itself (found in the data when left out; 1: it does not)' },
    preset: { value: 'NAME', description: `${presets.join(', ')} (auto when left out)` },
    spec: { value: 'FILE', description: 'a training spec as JSON, instead of a preset' },
    ...extractorOptions,
    epochs: { value: 'N', description: 'the most passes over the training rows' },
    seed: { value: 'N', description: 'the same seed gives the same curve (0 when left out)' },
    device: { value: 'NAME', description: 'auto, webgpu, webgl, wasm or cpu' },
    out: { value: 'DIR', description: 'the folder to save the run and its model in' },
    resume: { description: 'go on with the run in DIR from its last checkpoint' },
    force: { description: 'replace the run in DIR once the new one is finished' },
    sweep: { value: 'FILE', description: 'many trainings that differ as this JSON says; the best on validation rows is kept and tested' },
    [findRateOption]: { description: 'do not train: raise the learning rate step by step until the loss diverges, and suggest one' },
    ...jsonOption,
  },
  async run(given, context) {
    refuseTogether(given, ['resume', 'force']);
    if (given.options.has(findRateOption)) refuseBesideSearch(given);
    const wish = await trainingWish(given);
    if (given.options.has(findRateOption)) {
      const found = await findRate(given, wish, context);
      return context.output.answer(found, rateText(found));
    }
    const out = given.options.get('out');
    if (out === undefined && !wish.folds) {
      throw new InputError('missing-out', '"train" needs --out DIR, the folder to save the model in.', {
        advice: 'Give for example --out my-model.',
        place: { option: '--out' },
      });
    }
    const answer = await withLayersOf(given.options.get('spec'), () => trainInto(out, given, wish, context));
    await context.output.answer(answer, trainText(answer));
  },
};
