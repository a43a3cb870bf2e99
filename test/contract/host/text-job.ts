/** A text read word by word, the same in Node and in a page: trained, and asked about a raw text. */
import type { Workbench } from '../../../src/host/workbench.js';
import { letters } from '../texts.js';
import { finish } from './main-job.js';

const table = `message,kind\n${letters(20, 1)
  .map(({ text, kind }) => `"${text.replaceAll('"', '""')}",${kind}`)
  .join('\n')}\n`;

export async function textJob({ datasets, trainer, models }: Pick<Workbench, 'datasets' | 'trainer' | 'models'>) {
  const { result: dataset } = await finish(datasets.import({ kind: 'text', name: 'letters.csv', text: table }));
  const spec = { target: 'kind', preset: 'text-cnn', epochs: 5, learningRate: 0.01, seed: 7, device: 'wasm' } as const;
  const { result: run } = await finish(trainer.train({ dataset: dataset.id, spec }));
  const [answer] = await models.predict(run.modelId ?? '', [{ message: 'the PARCEL has not arrived!' }]);
  return {
    losses: run.curve.map(({ validationLoss }) => validationLoss),
    prediction: answer.prediction,
    likeliest: Math.max(...(answer.probabilities?.map(({ probability }) => probability) ?? [])),
  };
}

/** To the last bit, whatever the host. */
export const textAnswers = {
  losses: [1.0230830120315129, 0.9322342957539165, 0.8505798382214578, 0.8063914848432499, 0.7962003470467941],
  prediction: 'delivery',
  likeliest: 0.3568126857280731,
};
