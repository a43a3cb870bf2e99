/** What reading a file may take: memory held at one time, and bytes unpacked for those that came. */
import { InputError } from '../../base/errors.js';

/** Pages and dictionaries of all columns together. */
const mostHeld = 768 * 2 ** 20;

/** Unpacked bytes that do no harm, whatever the ratio, and the ratio from there on. */
const harmless = 2 ** 30;
const largestRatio = 2000;

export class Budget {
  readonly #file: string;
  #held = 0;
  #packed = 0;
  #unpacked = 0;

  constructor(file: string) {
    this.#file = file;
  }

  /** @throws InputError `unpacks-too-large` */
  unpacked(packed: number, unpacked: number): void {
    this.#packed += packed;
    this.#unpacked += unpacked;
    if (this.#unpacked > harmless && this.#unpacked > this.#packed * largestRatio)
      throw new InputError('unpacks-too-large', `${this.#file} unpacks to more than ${largestRatio} times its size.`, {
        advice: 'It holds hardly anything but repeats. Choose fewer columns.',
        place: { file: this.#file },
      });
  }

  /** So many bytes more, or less, are kept. @throws InputError `too-wide` */
  hold(bytes: number): void {
    this.#held += bytes;
    if (bytes > 0 && this.#held > mostHeld)
      throw new InputError('too-wide', `The pages of ${this.#file} take more than ${mostHeld / 2 ** 20} MiB at a time.`, {
        advice: 'Choose fewer columns, or write it anew with pages of the usual size.',
        place: { file: this.#file },
      });
  }
}
