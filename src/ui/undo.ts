/** What is being edited, with what was done to it undone and done again: by calls, and by the keys that editors have for it. */
const mostSteps = 100;

/** What a key asks for, which then does nothing else; a field being typed in keeps its own. */
export function undoKey(event: KeyboardEvent): 'undo' | 'redo' | undefined {
  const inField = event.composedPath().some((each) => each instanceof HTMLInputElement || each instanceof HTMLTextAreaElement);
  if (inField || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return undefined;
  event.preventDefault();
  return event.shiftKey ? 'redo' : 'undo';
}

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
