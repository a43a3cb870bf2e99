/** What is being edited, with what was done to it undone and done again. */
const mostSteps = 100;

export class UndoHistory<State> {
  #past: State[] = [];
  #future: State[] = [];
  #state: State;
  readonly #keep: (state: State) => void;

  /** @param keep is told of every state that is come to */
  constructor(state: State, keep: (state: State) => void) {
    this.#state = state;
    this.#keep = keep;
  }

  get state(): State {
    return this.#state;
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  change(state: State): void {
    this.#past = [...this.#past.slice(1 - mostSteps), this.#state];
    this.#future = [];
    this.#set(state);
  }

  undo(): void {
    const before = this.#past.pop();
    if (before === undefined) return;
    this.#future.push(this.#state);
    this.#set(before);
  }

  redo(): void {
    const after = this.#future.pop();
    if (after === undefined) return;
    this.#past.push(this.#state);
    this.#set(after);
  }

  #set(state: State): void {
    this.#state = state;
    this.#keep(state);
  }
}
