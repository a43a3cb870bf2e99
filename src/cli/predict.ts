/** `benchwright predict MODEL DATA`: one prediction for each row. */
import { recordsOf } from '../data/sources/scan.js';
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
      const pieces = predictions(services.models.predictFile(model.id, source, context.signal), data, context);
      const out = options.get('out');
      if (out !== undefined) {
        const rows = await wholeFile(out, pieces);
        const text = ahead ? aheadCsv(ahead, model) : `${rows} predictions written to ${out}`;
        await output.answer({ rows, out, ...also } satisfies PredictAnswer, text);
      } else if (output.json) {
        await output.answer({ ...(await asJson(pieces, model)), ...also }, '');
      } else if (ahead) {
        await output.write(aheadCsv(ahead, model));
      } else await drain(pieces, (csv) => output.write(csv));
    } finally {
      await close();
    }
  },
};

type Pieces = AsyncGenerator<string, number>;

/** The CSV piece by piece, telling how far it is; answers the rows. */
async function* predictions(events: AsyncGenerator<FilePrediction, { rows: number }>, data: string, { output }: Context): Pieces {
  for (let next = await events.next(); ; next = await events.next()) {
    if (next.done) return next.value.rows;
    const { rows, csv, secondsLeft } = next.value;
    output.progress(`Predicting ${data}: ${rows} rows${secondsLeft === undefined ? '' : `, ${duration(secondsLeft)} left`}`);
    yield csv;
  }
}

async function drain(pieces: Pieces, write: (csv: string) => Promise<void>): Promise<number> {
  for (let next = await pieces.next(); ; next = await pieces.next()) {
    if (next.done) return next.value;
    await write(next.value);
  }
}

/** The predictions alone: the file's own columns stand before them in every line. */
async function asJson(pieces: Pieces, { pipeline: { target } }: ModelRecord): Promise<PredictAnswer> {
  const columns = answerForm(target).columns(target);
  const predictions: Record<string, string | number>[] = [];
  let named = false;
  // Every piece ends with a line, and the first begins with the names.
  const rows = await drain(pieces, async (piece) => {
    for (const cells of recordsOf(piece).slice(named ? 0 : 1)) {
      const own = cells.slice(-columns.length);
      predictions.push(Object.fromEntries(columns.map(({ name, read }, index) => [name, read(own[index])])));
    }
    named = true;
  });
  return { rows, columns: columns.map(({ name }) => name), predictions };
}
