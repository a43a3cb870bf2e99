/** What a server says of itself at `/metrics`, read back: requests, their latency and how many rows were computed together. */

export interface ServedFigures {
  requests: number;
  /** Answers that were errors. */
  failed: number;
  /** Milliseconds; undefined before the first request. */
  median?: number;
  /** Milliseconds that 99 of 100 requests took at most. */
  p99?: number;
  /** Of a batch, on average. */
  rows?: number;
}

const sample = /^([a-z:_]+)\{([^}]*)\} (\S+)$/;
const label = (labels: string, name: string): string | undefined => new RegExp(`(?:^|,)${name}="((?:[^"\\\\]|\\\\.)*)"`).exec(labels)?.[1];

interface Bucket {
  /** Its upper bound. */
  bound: number;
  /** What lies at or below it. */
  count: number;
}

/** By the model's name. */
export function figuresOf(text: string): Map<string, ServedFigures> {
  const found = new Map<string, { figures: ServedFigures; latencies: Bucket[]; rows: number; batches: number }>();
  for (const line of text.split('\n')) {
    const [, metric, labels = '', given] = sample.exec(line) ?? [];
    const name = label(labels, 'model_name');
    if (metric === undefined || name === undefined) continue;
    const of = found.get(name) ?? { figures: { requests: 0, failed: 0 }, latencies: [], rows: 0, batches: 0 };
    found.set(name, of);
    const value = Number(given);
    if (metric.endsWith(':request_count')) {
      of.figures.requests += value;
      if (Number(label(labels, 'status')) >= 400) of.figures.failed += value;
    } else if (metric.endsWith(':request_latency_bucket')) {
      of.latencies.push({ bound: Number(label(labels, 'le')?.replace('+Inf', 'Infinity')), count: value });
    } else if (metric.endsWith('batch_size_sum')) of.rows = value;
    else if (metric.endsWith('batch_size_count')) of.batches = value;
  }
  return new Map(
    [...found].map(([name, { figures, latencies, rows, batches }]) => {
      const [median, p99] = [0.5, 0.99].map((share) => quantileOf(latencies, share));
      return [
        name,
        {
          ...figures,
          ...(median === undefined ? {} : { median: median / 1000 }),
          ...(p99 === undefined ? {} : { p99: p99 / 1000 }),
          ...(batches > 0 ? { rows: rows / batches } : {}),
        },
      ];
    }),
  );
}

/** As Prometheus' `histogram_quantile`: within its bucket a value is taken to lie evenly; above the last bound, at that bound. */
export function quantileOf(buckets: readonly Bucket[], share: number): number | undefined {
  const total = buckets.at(-1)?.count ?? 0;
  if (total === 0) return undefined;
  const rank = share * total;
  const at = buckets.findIndex(({ count }) => count >= rank);
  const { bound, count } = buckets[at];
  const below = buckets[at - 1] ?? { bound: 0, count: 0 };
  return Number.isFinite(bound) ? below.bound + ((bound - below.bound) * (rank - below.count)) / (count - below.count) : below.bound;
}
