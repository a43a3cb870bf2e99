/** Of a training on ordinary rows alone: which rows are known to be anomalies, by the label that most training rows have, or those that were named. */
import { targetColumn } from '../data/columns/access.js';
import type { Split } from '../data/split.js';
import { noLimits } from '../data/steps/fitter.js';
import type { Table } from '../data/table.js';
import { anomalyTarget } from '../data/targets/anomaly.js';
import { knownRows } from '../data/targets/known.js';
import type { TrainingSpec } from '../spec/training.js';
import { isAnomaly } from '../stats/anomaly.js';

/** Whether a training leaves known anomalies out. */
export const wantsOnlyNormal = ({ target, task, anomaly }: TrainingSpec): boolean =>
  task === 'anomaly' && anomaly?.trainOn === 'normal' && target !== '';

/** The parts that a model learns from, and is chosen and thresholded by, without known anomalies; the test rows as they are. */
export function onlyNormal(spec: TrainingSpec, table: Table, parts: Split): Split {
  if (!wantsOnlyNormal(spec)) return parts;
  const column = targetColumn(table, spec.target);
  const fitter = anomalyTarget.fitter(spec.target, { ...spec.anomaly, limits: noLimits });
  fitter.add(column, parts.training);
  const target = fitter.finish();
  const ordinary = (rows: Uint32Array): Uint32Array => {
    const known = knownRows(target, column, rows);
    return rows.filter((_, index) => known[index] !== isAnomaly);
  };
  return { training: ordinary(parts.training), validation: ordinary(parts.validation), test: parts.test };
}
