/** The values of every trial, decided before any is trained: the same sweep and seed give the same trials. */
import { exponential, logarithm } from '../../base/elementary.js';
import { InputError } from '../../base/errors.js';
import { Random } from '../../base/random.js';
import { mostTrials, type SweepField, type SweepFieldName, type SweepSpec, type SweepValue, wholeFields } from '../../spec/sweep.js';
import type { TrialValues } from '../../spec/sweep-record.js';

/** A drawn value is written down, read and typed in again: more digits would say nothing. */
const digits = 4;
/** Draws for one more combination that is not there yet; after so many there are no others. */
const mostDraws = 200;

/** @throws InputError `sweep-field-twice`, `sweep-range`, `sweep-points` or `sweep-too-large` */
export function trialValues(sweep: SweepSpec, seed: number): TrialValues[] {
  checkFields(sweep);
  return sweep.method === 'grid' ? gridOf(sweep.fields) : drawn(sweep.fields, sweep.trials, seed);
}

function checkFields({ method, fields }: SweepSpec): void {
  for (const [index, each] of fields.entries()) {
    const { field } = each;
    const place = { field: `fields.${index}` };
    if (fields.findIndex((other) => other.field === field) !== index) {
      throw new InputError('sweep-field-twice', `The sweep names "${field}" twice.`, { advice: 'Name each field once.', place });
    }
    if (field === 'epochs' && method === 'successiveHalving') {
      throw new InputError('sweep-field-epochs', 'Successive halving decides itself how many epochs a trial gets.', {
        advice: 'Leave "epochs" out of the fields; the training spec says how many the best may have.',
        place,
      });
    }
    if (each.kind === 'choice') {
      const repeated = each.values.find((value, at) => each.values.indexOf(value) !== at);
      if (repeated !== undefined) {
        throw new InputError('sweep-value-twice', `"${field}" has the value ${JSON.stringify(repeated)} twice.`, {
          advice: 'Name each value once.',
          place,
        });
      }
      continue;
    }
    if (each.from >= each.to) {
      throw new InputError('sweep-range', `"${field}" goes from ${each.from} to ${each.to}: there is nothing between.`, {
        advice: 'Give a "to" that is above "from".',
        place,
      });
    }
    if (method === 'grid' && each.points === undefined) {
      throw new InputError('sweep-points', `"${field}" is a range, of which a grid takes so many "points"; none are given.`, {
        advice: 'Give for example "points": 5, or a list of values by "kind": "choice".',
        place,
      });
    }
  }
}

/** The last field changes fastest. */
function gridOf(fields: readonly SweepField[]): TrialValues[] {
  const values = fields.map(pointsOf);
  const count = values.reduce((product, { length }) => product * length, 1);
  if (count > mostTrials) {
    throw new InputError('sweep-too-large', `The grid has ${count} combinations; ${mostTrials} are the most.`, {
      advice: 'Give fewer values, or draw some of them by the method random.',
      place: { field: 'fields', trials: count },
    });
  }
  return Array.from({ length: count }, (_, index) => {
    let rest = index;
    const chosen: [SweepFieldName, SweepValue][] = [];
    for (let at = fields.length - 1; at >= 0; at--) {
      chosen.unshift([fields[at].field, values[at][rest % values[at].length]]);
      rest = Math.floor(rest / values[at].length);
    }
    return Object.fromEntries(chosen);
  });
}

function pointsOf(each: SweepField): SweepValue[] {
  if (each.kind === 'choice') return each.values;
  const last = (each.points ?? 2) - 1;
  return [...new Set(Array.from({ length: last + 1 }, (_, index) => within(each, index / last)))];
}

/** A trial's values depend on its number alone, and each field's on its name: more trials, or more fields, leave the others as they are. */
function drawn(fields: readonly SweepField[], trials: number, seed: number): TrialValues[] {
  const streams = fields.map(({ field }) => new Random(seed, `sweep ${field}`));
  const seen = new Set<string>();
  const found: TrialValues[] = [];
  for (let misses = 0; found.length < trials && misses < mostDraws; ) {
    const values = Object.fromEntries(fields.map((each, index) => [each.field, draw(each, streams[index])]));
    const key = JSON.stringify(values);
    if (seen.has(key)) {
      misses++;
      continue;
    }
    misses = 0;
    seen.add(key);
    found.push(values);
  }
  return found;
}

const draw = (each: SweepField, random: Random): SweepValue =>
  each.kind === 'choice' ? each.values[random.integer(each.values.length)] : within(each, random.uniform());

/** The value at a share of the way. */
function within(each: Exclude<SweepField, { kind: 'choice' }>, share: number): number {
  const { kind, from, to, field } = each;
  const exact = kind === 'uniform' ? from + share * (to - from) : exponential(logarithm(from) + share * (logarithm(to) - logarithm(from)));
  const legible = wholeFields.has(field) ? Math.round(exact) : Number(exact.toPrecision(digits));
  return Math.min(to, Math.max(from, legible));
}
