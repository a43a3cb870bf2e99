/** What `predict --horizon N` adds: the rows to come, as JSON and as a CSV of their own. */
import { csvLine, shortNumber } from '../data/export/csv-cell.js';
import type { ForecastRow } from '../infer/forecaster.js';
import type { ModelRecord } from '../spec/trained.js';
import type { PredictedAhead } from './answers.js';

/** Times are written as dates where the model learnt from dates. */
export function aheadAnswer(rows: readonly ForecastRow[], { fields, pipeline }: ModelRecord): PredictedAhead {
  const areDates = fields.find(({ name }) => name === pipeline.windows?.time)?.type === 'datetime';
  return rows.map((row) => ({ ...row, time: areDates ? dateText(row.time) : row.time }));
}

/** The day alone where the time is midnight. */
function dateText(time: number): string {
  const text = new Date(time).toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text;
}

export function aheadCsv(rows: PredictedAhead, { pipeline: { windows } }: ModelRecord): string {
  const group = windows?.group;
  const names = [...(group === undefined ? [] : [group]), windows?.time ?? 'time', 'step', 'prediction'];
  const lines = rows.map(({ series, time, step, prediction }) =>
    csvLine([...(group === undefined ? [] : [series ?? '']), String(time), String(step), shortNumber(prediction)]),
  );
  return csvLine(names) + lines.join('');
}
