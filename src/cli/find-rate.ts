/** `train --find-learning-rate`: which rate suits a training, without training it. Nothing is saved. */
import { createDataServices } from '../host/data-services.js';
import { createEngineServices } from '../host/engine-services.js';
import { readBuiltin } from '../host/node/builtin.js';
import { loadDecoder } from '../host/node/decoder.js';
import { openOnnx } from '../host/node/open-onnx.js';
import type { RateFinding } from '../spec/learning-rate.js';
import type { Context, Given } from './command.js';
import { withExtractor } from './extractor.js';
import { openInputs } from './inputs.js';
import { refuseTogether } from './parse.js';
import { aligned, figure } from './table-text.js';
import { importAsked } from './train-request.js';
import type { TrainingWish } from './train-spec.js';

export const findRateOption = 'find-learning-rate';

/** @throws InputError `options-together` beside what only a training has */
export function refuseBesideSearch(given: Given): void {
  for (const name of ['out', 'resume', 'force', 'folds', 'sweep']) refuseTogether(given, [findRateOption, name]);
}

export async function findRate(given: Given, wish: TrainingWish, context: Context): Promise<RateFinding> {
  const inputs = await openInputs([given.positionals[0], given.options.get('test')]);
  const parts = { store: inputs.store, readBuiltin, loadDecoder, openOnnx };
  const engine = createEngineServices({ ...parts, device: 'auto' });
  try {
    const asked = await withExtractor(wish, given, inputs.store, context);
    const { request } = await importAsked(createDataServices(parts), given, asked, context);
    const events = engine.trainer.findLearningRate(request, {}, { signal: context.signal });
    context.output.stage('Searching for a learning rate');
    for (let done = 0; ; ) {
      const next = await events.next();
      if (next.done) return next.value;
      if (next.value.kind !== 'rates') continue;
      const { points, steps } = next.value;
      done += points.length;
      const last = points.at(-1);
      if (last) context.output.progress(`Step ${done} of ${steps}: rate ${shown(last.rate)}, loss ${figure(last.smoothed)}`);
    }
  } finally {
    engine.dispose();
    await inputs.close();
  }
}

const shown = (rate: number): string => String(Number(rate.toPrecision(3)));

/** More lines of the curve tell people nothing. */
const mostLines = 20;

export function rateText({ suggestion, lowest, steepest, learningRate, preset, device, seed, diverged, curve }: RateFinding): string {
  const every = Math.ceil(curve.length / mostLines);
  const lines = curve.filter((_, at) => at % every === 0 || at === curve.length - 1);
  return [
    `Learning rate of ${preset} on ${device}, seed ${seed}`,
    '',
    aligned([['rate', 'loss, smoothed'], ...lines.map(({ rate, smoothed }) => [shown(rate), figure(smoothed)])]),
    '',
    `Suggested: ${suggestion}, a tenth of ${lowest}, where the loss was lowest. It fell fastest at ${steepest}.`,
    `${diverged ? 'Beyond the last rate it diverged.' : 'It did not diverge.'} Without being asked, a training takes ${learningRate}.`,
    `Take it with "learningRate": ${suggestion} in --spec FILE.`,
  ].join('\n');
}
