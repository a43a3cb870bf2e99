/** Numbers that become more: typed arrays of twice the length whenever one is full, so that millions take no more than they need. */

type Numbers = Float64Array | Float32Array | Int32Array;

export class Growing<Kind extends Numbers> {
  readonly #create: (length: number) => Kind;
  #values: Kind;
  #length = 0;

  constructor(create: (length: number) => Kind) {
    this.#create = create;
    this.#values = create(1024);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = this.#create(this.#length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  /** What was pushed: a view, to be taken when nothing more comes. */
  finish(): Kind {
    return this.#values.subarray(0, this.#length) as Kind;
  }
}
