/** What was left out of many files, and why: how many of each kind, and the first by name. */
import type { BenchwrightError } from '../../base/errors.js';
import type { Warning } from '../../spec/dataset.js';

class Kind {
  count = 0;
  first = '';

  add(first: string): void {
    if (this.count++ === 0) this.first = first;
  }
}

export class Skipped {
  readonly #name: string;
  readonly #others = new Kind();
  readonly #damaged = new Kind();
  readonly #unlabelled = new Kind();

  constructor(name: string) {
    this.#name = name;
  }

  /** Why the first picture is none, where one is not. */
  get reason(): string {
    return this.#damaged.first || this.#others.first;
  }

  addOther({ message }: BenchwrightError): void {
    this.#others.add(message);
  }

  addDamaged({ message }: BenchwrightError): void {
    this.#damaged.add(message);
  }

  addUnlabelled(path: string): void {
    this.#unlabelled.add(path);
  }

  warnings(): Warning[] {
    const place = { file: this.#name };
    const warnings: Warning[] = [];
    if (this.#others.count > 0) {
      warnings.push({
        code: 'files-skipped',
        message: `${are(this.#others.count, 'file', 'no picture', 'no pictures')} and left out. The first: ${this.#others.first}`,
        advice: 'PNG, JPEG and WebP files are read.',
        place,
      });
    }
    if (this.#damaged.count > 0) {
      warnings.push({
        code: 'pictures-skipped',
        message: `${are(this.#damaged.count, 'picture', 'left out', 'left out')}. The first: ${this.#damaged.first}`,
        advice: 'Mend it, or take it away.',
        place,
      });
    }
    if (this.#unlabelled.count > 0) {
      warnings.push({
        code: 'pictures-without-class',
        message: `${are(this.#unlabelled.count, 'picture', 'in no folder of a class and trains', 'in no folder of a class and train')} nothing, the first being ${this.#unlabelled.first}.`,
        advice: 'Put it into the folder of its class.',
        place,
      });
    }
    return warnings;
  }
}

const are = (count: number, noun: string, one: string, several: string): string =>
  count === 1 ? `1 ${noun} is ${one}` : `${count} ${noun}s are ${several}`;
