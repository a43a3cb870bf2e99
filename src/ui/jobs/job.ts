/**
 * Long work that goes on while the user looks at something else: a stream of events driven to its end. It can be paused,
 * which is not asking for the next event, and cancelled. Not a queue: every job starts at once.
 */
import { newIdentifier } from '../../base/identifier.js';
import type { DeviceChoice } from '../../spec/device.js';
import { Observable } from '../observable.js';
import { isCancelled } from '../problem.js';
import { Throttle } from './throttle.js';

export type JobState = 'running' | 'paused' | 'finished' | 'failed' | 'cancelled';

export abstract class Job<Event = unknown, Result = unknown> extends Observable {
  readonly id = newIdentifier();
  /** What is being done, in words: "Reading penguins.csv". */
  abstract readonly title: string;
  /** What the shell says of it beyond that it goes on, and what it holds back for it. */
  readonly kind: 'training' | 'sweep' | 'other' = 'other';
  /** The device that it computes on, once it has been chosen. */
  choice: DeviceChoice | undefined;
  state: JobState = 'running';
  result: Result | undefined;
  problem: unknown;

  readonly #aborting = new AbortController();
  readonly #redraw = new Throttle(() => this.changed());
  #gate: { open: () => void; opened: Promise<void> } | undefined;

  /** Share done, 0…1; undefined while it cannot be told. */
  abstract get progress(): number | undefined;
  /** One line on how it stands. */
  abstract get detail(): string;
  /** Where to look at it, as a hash route. */
  abstract get route(): string;

  get secondsLeft(): number | undefined {
    return undefined;
  }

  /** Whether it leaves something that only this browser has. */
  get makesSomethingOwn(): boolean {
    return false;
  }

  get active(): boolean {
    return this.state === 'running' || this.state === 'paused';
  }

  protected abstract start(signal: AbortSignal): AsyncGenerator<Event, Result>;
  protected abstract take(event: Event): void;

  /** Drives the work to its end. Never rejects: how it ended is in `state`, `result` and `problem`. */
  async drive(): Promise<void> {
    try {
      const events = this.start(this.#aborting.signal);
      for (;;) {
        await this.#gate?.opened;
        const next = await events.next();
        if (next.done) {
          this.result = next.value;
          break;
        }
        this.take(next.value);
        this.#redraw.request();
      }
      this.#settle('finished');
    } catch (thrown) {
      this.problem = thrown;
      this.#settle(isCancelled(thrown) ? 'cancelled' : 'failed');
    }
  }

  pause(): void {
    if (this.state !== 'running') return;
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    this.#gate = { open, opened };
    this.#settle('paused');
  }

  resume(): void {
    if (this.state !== 'paused') return;
    this.#openGate();
    this.#settle('running');
  }

  cancel(): void {
    this.#aborting.abort();
    this.#openGate();
  }

  protected goOn(): void {
    if (this.state === 'paused') this.resume();
  }

  #openGate(): void {
    this.#gate?.open();
    this.#gate = undefined;
  }

  #settle(state: JobState): void {
    this.state = state;
    this.#redraw.now();
  }
}
