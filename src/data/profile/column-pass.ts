/** What one column gives in the pass over all rows: sketches that take a batch at a time, and the profile that they end in. */
import type { Field } from '../../spec/field.js';
import { isNumeric } from '../../spec/field-type.js';
import { type NumberProfile, type ProfiledColumn, quantileLevels } from '../../spec/profile.js';
import { goodBins } from '../../stats/bins.js';
import { DistinctSketch } from '../../stats/distinct-sketch.js';
import { FrequentValues } from '../../stats/frequent-values.js';
import { hashText } from '../../stats/hashing.js';
import { QuantileSketch } from '../../stats/quantile-sketch.js';
import { RunningMoments } from '../../stats/running-moments.js';
import { SortedValues } from '../../stats/sorted-values.js';
import { distinctLimitOf } from '../columns/tally.js';
import type { Column, TextColumn } from '../table.js';

const topValues = 20;
const shownCharacters = 120;
/** Longer texts are told apart by their beginning and a hash. */
const keyCharacters = 160;
/** Counters once the values of a column are too many to count each. */
const counters = 2048;
/** Values that a level of the sketch holds: an error of 0.3 % of rows where columns are few. */
const widest = 1024;
const narrowest = 64;
const cells = 2_000_000;
/** Tukey's fences, in interquartile ranges. */
const fence = 1.5;

export class ColumnPass {
  readonly #field: Field;
  readonly #numbers: FrequentValues<number>;
  readonly #texts: FrequentValues<string>;
  readonly #distinct: DistinctSketch;
  readonly #quantiles: QuantileSketch;
  /** Whether it is known to have more distinct values than are counted each. */
  readonly #many: boolean;
  readonly #moments = new RunningMoments();
  #missing = 0;
  #shortest = Infinity;
  #longest = 0;
  #characters = 0;
  #present = 0;

  constructor(field: Field, columns: number) {
    this.#field = field;
    const limit = distinctLimitOf(columns);
    const kept = Math.min(limit, counters);
    // Of a column that is known to have too many values, none is counted exactly: the counters stay few and quick from the start.
    this.#many = field.distinct >= limit;
    const first = this.#many ? kept : limit;
    this.#numbers = new FrequentValues(first, kept);
    this.#texts = new FrequentValues(first, kept);
    this.#distinct = new DistinctSketch(columns <= 1000 ? 14 : columns <= 10_000 ? 11 : 8);
    this.#quantiles = new QuantileSketch(Math.max(narrowest, Math.min(widest, Math.floor(cells / columns))));
  }

  /** @param hashes of the column's rows */
  add(column: Column, hashes: Float64Array): void {
    if (column.kind === 'picture') return;
    if (column.kind === 'number') {
      const { values } = column;
      const before = this.#moments.count;
      this.#moments.add(values);
      this.#quantiles.add(values);
      this.#missing += values.length - (this.#moments.count - before);
      for (let row = 0; row < values.length; row++) if (!Number.isNaN(values[row])) this.#distinct.add(hashes[row]);
      if (this.#many) this.#numbers.addRepeats(values.filter((value) => !Number.isNaN(value)).sort());
      else for (let row = 0; row < values.length; row++) if (!Number.isNaN(values[row])) this.#numbers.add(values[row]);
    } else this.#addTexts(column);
  }

  #addTexts({ codes, dictionary }: TextColumn): void {
    const counts = new Int32Array(dictionary.length);
    for (let row = 0; row < codes.length; row++) {
      if (codes[row] < 0) this.#missing += 1;
      else counts[codes[row]] += 1;
    }
    for (const [code, text] of dictionary.entries()) {
      const count = counts[code];
      if (count === 0) continue;
      const hash = hashText(text);
      this.#distinct.add(hash);
      this.#texts.add(text.length <= keyCharacters ? text : `${text.slice(0, keyCharacters)}\0${hash}`, count);
      this.#shortest = Math.min(this.#shortest, text.length);
      this.#longest = Math.max(this.#longest, text.length);
      this.#characters += text.length * count;
      this.#present += count;
    }
  }

  /** @param sample the column's sampled values; @param complete whether these are all there are */
  profile(sample: Float64Array, complete: boolean): ProfiledColumn {
    const { name, type, reason } = this.#field;
    const base = { name, type, reason, missing: this.#missing };
    if (type === 'picture') return { ...base, distinct: { value: this.#field.distinct, error: 0 } };
    const values = isNumeric(type) ? this.#numbers : this.#texts;
    const distinct = values.exact
      ? { value: values.size, error: 0 }
      : { value: Math.round(this.#distinct.estimate()), error: this.#distinct.error };
    const top = values.top(topValues).filter(({ count }) => values.exact || count > values.error);
    const shown = top.map(({ value, count }) => ({ value: isNumeric(type) ? String(value) : shortened(String(value)), count }));
    return {
      ...base,
      distinct,
      ...(shown.length > 0 ? { top: { values: shown, error: values.error } } : {}),
      ...(isNumeric(type)
        ? numbersOf(this.#numberProfile(sample, complete))
        : this.#present > 0
          ? { lengths: { shortest: this.#shortest, longest: this.#longest, mean: this.#characters / this.#present } }
          : {}),
    };
  }

  #numberProfile(sample: Float64Array, complete: boolean): NumberProfile | undefined {
    const moments = this.#moments;
    if (moments.count === 0) return undefined;
    const drawn = SortedValues.of(sample);
    const whole = complete ? drawn : this.#numbers.exact ? SortedValues.weighted(this.#numbers.counts()) : undefined;
    const best = whole ?? this.#quantiles.values();
    const { minimum, maximum } = moments;
    const quantiles = quantileLevels.map((level) => (level === 0 ? minimum : level === 1 ? maximum : best.quantile(level)));
    const [low, high] = [best.quantile(0.25), best.quantile(0.75)];
    const [lower, upper] = [low - fence * (high - low), high + fence * (high - low)];
    const scale = moments.count / Math.max(1, best.count);
    return {
      minimum,
      maximum,
      mean: moments.mean,
      standardDeviation: moments.standardDeviation,
      skewness: moments.skewness,
      quantiles,
      quantileError: whole ? 0 : this.#quantiles.error,
      histogram: histogramOf(whole ?? drawn, moments, this.#field.type === 'integer', whole !== undefined),
      outliers: {
        count: Math.round((best.countBelow(lower) + best.count - best.countBelow(upper, true)) * scale),
        lower,
        upper,
        exact: whole !== undefined,
      },
    };
  }
}

const numbersOf = (numbers: NumberProfile | undefined): { numbers?: NumberProfile } => (numbers ? { numbers } : {});

function histogramOf(
  values: SortedValues,
  { minimum, maximum, count }: RunningMoments,
  areWhole: boolean,
  exact: boolean,
): NumberProfile['histogram'] {
  const bins = goodBins(values, minimum, maximum, areWhole);
  const scale = count / Math.max(1, values.count);
  const below = (limit: number, andAt = false): number => Math.round(values.countBelow(limit, andAt) * scale);
  const width = (bins.to - bins.from) / bins.count;
  const edges = Array.from({ length: bins.count + 1 }, (_, index) =>
    index === 0 ? below(bins.from) : index === bins.count ? below(bins.to, true) : below(bins.from + index * width),
  );
  return {
    from: bins.from,
    to: bins.to,
    counts: edges.slice(1).map((edge, index) => edge - edges[index]),
    below: edges[0],
    above: count - edges[bins.count],
    exact,
  };
}

function shortened(key: string): string {
  const text = key.split('\0', 1)[0];
  return text.length <= shownCharacters ? text : `${text.slice(0, shownCharacters - 1)}…`;
}
