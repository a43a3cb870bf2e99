/** Units that are made up by a seed: the same at every look, and more of them as time goes by. */
import { Random } from '../../base/random.js';
import type { ExperimentRecord } from '../../spec/experiment.js';
import { armAt } from '../traffic/assign.js';
import { noUnits, type Observations } from './observations.js';

/** Beyond it time stands still: each look draws all units anew. */
const mostUnits = 50_000;

/** @param now milliseconds since 1970 */
export function simulatedObservations(record: ExperimentRecord, now: number): Observations {
  const { spec, created, simulated, periods, ended } = record;
  const arms = spec.arms.map(() => noUnits(1 + spec.guardrails.length, false));
  if (!simulated) return { arms, crossed: 0 };
  const seconds = Math.max(0, Math.min(now, ended ?? now) - created) / 1_000;
  const units = Math.min(mostUnits, Math.floor(seconds * simulated.unitsPerSecond));
  const random = new Random(simulated.seed, 'simulated');
  const shares = periods.map(({ weights }) => weights.map((weight, arm) => ({ weight, arm })));
  let period = 0;
  for (let unit = 0; unit < units; unit++) {
    const time = created + (unit * 1_000) / simulated.unitsPerSecond;
    while (period + 1 < periods.length && periods[period + 1].from <= time) period += 1;
    const { arm } = armAt(shares[period], random.uniform());
    const own = arms[arm];
    const happens = Number(random.uniform() < simulated.shares[arm]);
    own.first.push(time);
    for (const [index, figures] of own.figures.entries()) {
      // Guardrails are times in milliseconds that are alike in every arm.
      figures.sums.push(index === 0 ? happens : 20 + 5 * random.normal());
      figures.rows.push(1);
    }
  }
  return { arms, crossed: 0 };
}
