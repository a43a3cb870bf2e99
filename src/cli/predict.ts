/** `benchwright predict MODEL DATA`: one prediction for each row. */
import type { FilePrediction } from '../infer/models.js';
import { answerForm } from '../infer/targets/table.js';
import type { ModelRecord } from '../spec/trained.js';
import type { PredictAnswer } from './answers.js';
import type { Command, Context } from './command.js';
import { openAnyModel } from './model-folder.js';
import { jsonOption, numberOption } from './parse.js';
import { aheadAnswer, aheadCsv } from './predict-ahead.js';
import { predictTensors } from './predict-tensors.js';
import { openSource } from './source.js';
import { duration } from './table-text.js';
import { wholeFile } from './whole-file.js';

export const predict: Command = {
  name: 'predict',
  summary: 'predict every row of a table with a saved model, as CSV; with an ONNX file of another program, tensors from a JSON file',
  positionals: ['MODEL', 'DATA'],
  options: {
    out: { value: 'FILE', description: 'write the CSV there instead of to stdout' },
    horizon: {
      value: 'N',
      description: 'of a forecast, also tell N rows after the last of each series; on stdout they stand in place of the CSV',
    },
    ...jsonOption,
  },
  async run(given, context) {
    const [path, data] = given.positionals;
    const { options } = given;
    const { output } = context;
    const horizon = numberOption(given, 'horizon');
    const { model, close, ...opened } = await openAnyModel(path);
    const { services } = opened;
    try {
      if (model.kind === 'tensor-model') return await predictTensors({ model, close, ...opened }, given, context);
      const source = await openSource(data);
      const future = { source, ...(horizon === undefined ? {} : { horizon }) };
      const ahead =
        horizon === undefined ? undefined : aheadAnswer(await services.models.forecast(model.id, future, context.signal), model);
      const also = ahead ? { forecast: ahead } : {};
      const predicting = told(services.models.predictFile(model.id, source, context.signal), data, context);
      const out = options.get('out');
      if (out !== undefined) {
        const rows = await wholeFile(out, csvOf(predicting));
        const text = ahead ? aheadCsv(ahead, model) : `${rows} predictions written to ${out}`;
        await output.answer({ rows, out, ...also } satisfies PredictAnswer, text);
      } else if (output.json) {
        await output.answer({ ...(await asJson(predicting, model)), ...also }, '');
      } else if (ahead) {
        await output.write(aheadCsv(ahead, model));
      } else await drain(predicting, ({ csv }) => output.write(csv));
    } finally {
      await close();
    }
  },
};

type Predicting = AsyncGenerator<FilePrediction, number>;

/** Telling how far it is; answers the rows. */
async function* told(events: AsyncGenerator<FilePrediction, { rows: number }>, data: string, { output }: Context): Predicting {
  for (let next = await events.next(); ; next = await events.next()) {
    if (next.done) return next.value.rows;
    const { rows, secondsLeft } = next.value;
    output.progress(`Predicting ${data}: ${rows} rows${secondsLeft === undefined ? '' : `, ${duration(secondsLeft)} left`}`);
    yield next.value;
  }
}

async function* csvOf(predicting: Predicting): AsyncGenerator<string, number> {
  for (let next = await predicting.next(); ; next = await predicting.next()) {
    if (next.done) return next.value;
    yield next.value.csv;
  }
}

async function drain(predicting: Predicting, take: (event: FilePrediction) => Promise<void>): Promise<number> {
  for (let next = await predicting.next(); ; next = await predicting.next()) {
    if (next.done) return next.value;
    await take(next.value);
  }
}

/** The predictions alone. */
async function asJson(predicting: Predicting, { pipeline: { target } }: ModelRecord): Promise<PredictAnswer> {
  const columns = answerForm(target)
    .columns(target)
    .map(({ name }) => name);
  const predictions: Record<string, string | number>[] = [];
  const rows = await drain(predicting, async ({ answers }) => {
    const count = answers[0].values.length;
    for (let row = 0; row < count; row++) predictions.push(Object.fromEntries(answers.map(({ name, values }) => [name, values[row]])));
  });
  return { rows, columns, predictions };
}
