/** Pages of rows, fetched when they come into sight and forgotten when others took their place. */
const mostKept = 60;
/** Fetched at once at most: whoever drags a scroll bar past thousands of pages wants the one where it stops. */
const mostAtOnce = 3;

export type LoadRows<Page> = (offset: number, limit: number) => Promise<Page>;

export class Pages<Page> {
  /** The least recently asked for first; undefined while it is on its way. */
  readonly #pages = new Map<number, Page | undefined>();
  readonly #waiting: number[] = [];
  /** Not asked for again by drawing alone: a page that fails at once would be asked for without end. */
  readonly #failed = new Set<number>();
  #fetching = 0;

  /** @param arrived called when a page that was asked for is there, or failed */
  constructor(
    readonly load: LoadRows<Page>,
    readonly arrived: (problem?: unknown) => void,
    readonly rows: number,
  ) {}

  /** The page that this row is in, if it is there; it is fetched if not. */
  of(row: number): Page | undefined {
    const number = Math.floor(row / this.rows);
    if (this.#failed.has(number)) return undefined;
    const known = this.#pages.get(number);
    const asked = this.#pages.delete(number);
    this.#pages.set(number, known);
    if (!asked) {
      this.#waiting.push(number);
      this.#next();
    }
    for (const old of [...this.#pages.keys()].slice(0, -mostKept)) this.#pages.delete(old);
    return known;
  }

  /** What failed may be asked for again. */
  again(): void {
    this.#failed.clear();
  }

  #next(): void {
    while (this.#fetching < mostAtOnce && this.#waiting.length > 0) {
      const number = this.#waiting.pop() as number;
      if (this.#pages.has(number)) void this.#fetch(number);
    }
    // What waits for long has been scrolled past: it is asked for again if it comes into sight.
    for (const number of this.#waiting.splice(0, Math.max(0, this.#waiting.length - mostAtOnce))) this.#pages.delete(number);
  }

  async #fetch(number: number): Promise<void> {
    this.#fetching += 1;
    let problem: unknown;
    try {
      const page = await this.load(number * this.rows, this.rows);
      if (this.#pages.has(number)) this.#pages.set(number, page);
    } catch (thrown) {
      this.#pages.delete(number);
      this.#failed.add(number);
      problem = thrown;
    }
    this.#fetching -= 1;
    this.#next();
    this.arrived(problem);
  }
}
