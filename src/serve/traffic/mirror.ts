/** Requests asked of a second version as well: what it would have answered, beside what was answered. Nobody waits for it. */
import { yieldToEventLoop } from '../../base/abort.js';
import { milliseconds } from '../../base/clock.js';
import type { Served } from '../served-model.js';

export interface MirrorReport {
  requests: number;
  /** Of tensors, their elements. */
  rows: number;
  /** Rows whose every text is the same and every number within a millionth of it. */
  agreeing: number;
  failures: number;
  /** Requests that were not asked because too many waited. */
  skipped: number;
  /** Mean over rows, by output that is a number in both. */
  differences: Record<string, number>;
  /** Mean milliseconds of an answer. */
  latency: number;
}

/** What waits is held in memory; beyond it requests are not mirrored. */
const mostWaiting = 16;

export class Mirror {
  readonly #sums = new Map<string, number>();
  #requests = 0;
  #rows = 0;
  #agreeing = 0;
  #failures = 0;
  #skipped = 0;
  #spent = 0;
  #waiting = 0;
  #turn: Promise<void> = Promise.resolve();

  get report(): MirrorReport {
    return {
      requests: this.#requests,
      rows: this.#rows,
      agreeing: this.#agreeing,
      failures: this.#failures,
      skipped: this.#skipped,
      differences: Object.fromEntries([...this.#sums].map(([name, sum]) => [name, sum / this.#rows])),
      latency: this.#requests === 0 ? 0 : this.#spent / this.#requests,
    };
  }

  /** One after the other, after the answer has left. @param again asks the second version; @param answered tells what was answered */
  ask(again: () => Promise<Served>, answered: () => Served): void {
    if (this.#waiting >= mostWaiting) {
      this.#skipped += 1;
      return;
    }
    this.#waiting += 1;
    this.#turn = this.#turn.then(async () => {
      try {
        await yieldToEventLoop();
        const started = milliseconds();
        const other = await again();
        this.#requests += 1;
        this.#spent += milliseconds() - started;
        this.#compare(answered(), other);
      } catch {
        this.#failures += 1;
      } finally {
        this.#waiting -= 1;
      }
    });
  }

  /** Settles when nothing is asked any more. */
  async settled(): Promise<void> {
    await this.#turn;
  }

  #compare(one: Served, other: Served): void {
    const pairs = one.columns.flatMap(({ name, values }) => {
      const match = other.columns.find((column) => column.name === name);
      return match ? [{ name, values, others: match.values }] : [];
    });
    for (let row = 0; row < one.rows; row++) {
      if (pairs.length === one.columns.length && pairs.every(({ values, others }) => isSame(values[row], others[row]))) this.#agreeing += 1;
      for (const { name, values, others } of pairs) {
        const [a, b] = [values[row], others[row]];
        if (typeof a === 'number' && typeof b === 'number') this.#sums.set(name, (this.#sums.get(name) ?? 0) + Math.abs(a - b));
      }
    }
    this.#rows += one.rows;
  }
}

function isSame(one: string | number, other: string | number): boolean {
  if (typeof one === 'number' && typeof other === 'number') return Math.abs(one - other) <= 1e-6 * Math.max(1, Math.abs(one));
  return one === other;
}
