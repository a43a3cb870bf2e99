/**
 * Which trial is trained next and how far: asynchronous successive halving (ASHA, 1810.05934, algorithm 2), decided as one worker would that
 * waits for each result. What workers beside it may do ahead are only jobs that it will ask for in any case, and their results are taken in its
 * order: so the same trials go on and the same one wins, however many work and whichever is first. With one rung it is a plain search.
 */
export interface Job {
  trial: number;
  rung: number;
}

export interface HalvingPlan {
  /** Trials are 0 to this. */
  trials: number;
  rungs: number;
  factor: number;
  /** Whether one trial's figure is better than another's. */
  isBetter: (one: number | null, other: number | null) => boolean;
}

interface Result {
  trial: number;
  metric: number | null;
}

export class Halving {
  readonly #plan: HalvingPlan;
  /** By rung, best first; of equals the lower number. */
  readonly #results: Result[][];
  readonly #promoted: Set<number>[];
  /** Without a figure at a later rung, whatever they had before. */
  readonly #lost = new Set<number>();
  #begun = 0;

  constructor(plan: HalvingPlan) {
    this.#plan = plan;
    this.#results = Array.from({ length: plan.rungs }, () => []);
    this.#promoted = Array.from({ length: plan.rungs }, () => new Set());
  }

  /** The job whose result is taken next; undefined when there is nothing left to do. */
  next(): Job | undefined {
    return this.certain()[0] ?? this.#lastOneStanding();
  }

  /**
   * Jobs that are needed whatever comes of the others, in their order. A rung grows only when nothing above can be promoted any more, so that
   * whoever may be promoted now will be.
   */
  certain(): Job[] {
    const jobs: Job[] = [];
    for (let rung = this.#plan.rungs - 2; rung >= 0; rung--) {
      for (const trial of this.#promotable(rung)) jobs.push({ trial, rung: rung + 1 });
    }
    for (let trial = this.#begun; trial < this.#plan.trials; trial++) jobs.push({ trial, rung: 0 });
    return jobs;
  }

  /** Takes the result of the job that `next` answers. */
  absorb({ trial, rung }: Job, metric: number | null): void {
    if (rung === 0) this.#begun++;
    else this.#promoted[rung - 1].add(trial);
    if (metric === null) this.#lost.add(trial);
    const results = this.#results[rung];
    const before = results.findIndex((other) => this.#goesBefore({ trial, metric }, other));
    results.splice(before < 0 ? results.length : before, 0, { trial, metric });
  }

  /** Of those that came furthest, the best; undefined while none has a figure. */
  winner(): number | undefined {
    return this.#leader()?.trial;
  }

  /** Whether a trial can be asked to go on from a rung, whatever comes. A rung can only fill up, which never lifts anybody in it. */
  mayGoOn({ trial, rung }: Job): boolean {
    if (rung >= this.#plan.rungs - 1 || this.#promoted[rung].has(trial)) return false;
    const place = this.#results[rung].findIndex((result) => result.trial === trial);
    if (place < 0) return true;
    if (this.#results[rung][place].metric === null) return false;
    return place < Math.max(1, Math.floor(this.#mostIn(rung) / this.#plan.factor));
  }

  /**
   * How many can come to a rung. Some of those promoted early fall behind later and others are promoted as well, so that these may be more than
   * the share of the rung below: all that were promoted, those that still may be, and whoever may yet come to the rung below.
   */
  #mostIn(rung: number): number {
    if (rung === 0) return this.#plan.trials;
    const below = this.#mostIn(rung - 1);
    const results = this.#results[rung - 1];
    const promoted = this.#promoted[rung - 1];
    const ahead = results.slice(0, Math.max(1, Math.floor(below / this.#plan.factor)));
    const waiting = ahead.filter(({ trial, metric }) => metric !== null && !promoted.has(trial)).length;
    return promoted.size + waiting + below - results.length;
  }

  #promotable(rung: number): number[] {
    const results = this.#results[rung];
    return results
      .slice(0, Math.floor(results.length / this.#plan.factor))
      .filter(({ trial, metric }) => metric !== null && !this.#promoted[rung].has(trial))
      .map(({ trial }) => trial);
  }

  /** Too few for a promotion are left: the best of them goes on all the same, so that somebody comes to the end. */
  #lastOneStanding(): Job | undefined {
    const leader = this.#leader();
    return leader && leader.rung < this.#plan.rungs - 1 ? { trial: leader.trial, rung: leader.rung + 1 } : undefined;
  }

  #leader(): Job | undefined {
    for (let rung = this.#plan.rungs - 1; rung >= 0; rung--) {
      const best = this.#results[rung].find(({ trial }) => !this.#lost.has(trial));
      if (best) return { trial: best.trial, rung };
    }
    return undefined;
  }

  #goesBefore(one: Result, other: Result): boolean {
    if (this.#plan.isBetter(one.metric, other.metric)) return true;
    return !this.#plan.isBetter(other.metric, one.metric) && one.trial < other.trial;
  }
}
