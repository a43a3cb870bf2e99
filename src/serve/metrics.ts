/** What a server has done, in the text form that Prometheus reads (https://prometheus.io/docs/instrumenting/exposition_formats/). */

/** Upper bounds in microseconds, each about the triple of the one before. */
const latencyBounds = [100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000];
const rowBounds = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024];

class Histogram {
  readonly #bounds: readonly number[];
  readonly #counts: number[];
  #sum = 0;

  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.#counts = new Array<number>(bounds.length + 1).fill(0);
  }

  add(value: number): void {
    const index = this.#bounds.findIndex((bound) => value <= bound);
    this.#counts[index < 0 ? this.#bounds.length : index] += 1;
    this.#sum += value;
  }

  lines(name: string, labels: string): string[] {
    let below = 0;
    const buckets = this.#counts.map((count, index) => {
      below += count;
      return `${name}_bucket{${labels},le="${this.#bounds[index] ?? '+Inf'}"} ${below}`;
    });
    return [...buckets, `${name}_sum{${labels}} ${this.#sum}`, `${name}_count{${labels}} ${below}`];
  }
}

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

export class Metrics {
  readonly #requests = new Map<string, number>();
  readonly #latencies = new Map<string, Histogram>();
  readonly #batches = new Map<string, Histogram>();

  /** @param model of those that are served: names that callers make up would fill the memory */
  request(model: string, status: number, milliseconds: number): void {
    const labels = `model_name="${escaped(model)}"`;
    const counted = `${labels},status="${status}"`;
    this.#requests.set(counted, (this.#requests.get(counted) ?? 0) + 1);
    const latency = this.#latencies.get(labels) ?? new Histogram(latencyBounds);
    latency.add(milliseconds * 1_000);
    this.#latencies.set(labels, latency);
  }

  batch(model: string, rows: number): void {
    const labels = `model_name="${escaped(model)}"`;
    const batches = this.#batches.get(labels) ?? new Histogram(rowBounds);
    batches.add(rows);
    this.#batches.set(labels, batches);
  }

  /** Names as TensorFlow Serving has them, so that its dashboards go on working; latencies are in microseconds. */
  text(): string {
    const requests = [...this.#requests].map(([labels, count]) => `:tensorflow:serving:request_count{${labels}} ${count}`);
    const latencies = [...this.#latencies].flatMap(([labels, each]) => each.lines(':tensorflow:serving:request_latency', labels));
    const batches = [...this.#batches].flatMap(([labels, each]) =>
      each.lines(':tensorflow:serving:batching_session:processed_batch_size', labels),
    );
    return [
      '# TYPE :tensorflow:serving:request_count counter',
      ...requests,
      '# TYPE :tensorflow:serving:request_latency histogram',
      ...latencies,
      '# TYPE :tensorflow:serving:batching_session:processed_batch_size histogram',
      ...batches,
      '',
    ].join('\n');
  }
}
