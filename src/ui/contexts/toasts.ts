/** Short messages at the foot of the page, some with an action that undoes what was done. */
import { createContext } from '@lit/context';
import { Observable } from '../observable.js';
import { describeProblem } from '../problem.js';
import { noteStale } from '../stale.js';
import type { Toast } from '../toast.js';

const shownFor = 10_000;

export class Toasts extends Observable {
  shown: readonly Toast[] = [];
  #next = 1;
  #held = false;

  show(message: string, action?: Toast['action']): void {
    this.#add({ id: this.#next++, message, tone: 'neutral', action });
  }

  /** For work without a place of its own to say that it failed. @param action leads to what is in the way */
  fail(thrown: unknown, action?: Toast['action']): void {
    noteStale(thrown);
    const { message, advice } = describeProblem(thrown);
    this.#add({ id: this.#next++, message: `${message} ${advice}`.trim(), tone: 'bad', action });
  }

  /** While somebody reads them or is about to act, none goes by itself. */
  hold(held: boolean): void {
    if (held === this.#held) return;
    this.#held = held;
    if (!held) for (const { id } of this.shown) this.#later(id);
  }

  dismiss(id: number): void {
    this.shown = this.shown.filter((toast) => toast.id !== id);
    this.changed();
  }

  async act(toast: Toast): Promise<void> {
    this.dismiss(toast.id);
    try {
      await toast.action?.run();
    } catch (thrown) {
      this.fail(thrown);
    }
  }

  #add(toast: Toast): void {
    this.shown = [...this.shown.slice(-2), toast];
    this.changed();
    this.#later(toast.id);
  }

  #later(id: number): void {
    setTimeout(() => {
      if (!this.#held) this.dismiss(id);
    }, shownFor);
  }
}

export const toastsContext = createContext<Toasts>(Symbol('toasts'));
