/** A node of another program's network: what every format asks of our own layers, and how it is said that they cannot. */
import { InputError } from '../../../base/errors.js';
import { whyOf } from '../damaged.js';
import { type NetworkBuilder, notConvertible, type Place } from './builder.js';
import { clipped } from './pieces.js';

/** As our engines compute a leaky ReLU; single precision writes it as 0.009999999776. */
const leakySlope = 0.01;
const largestLimit = 1e6;

export class ForeignNode {
  readonly name: string;
  /** In the other program's words. */
  readonly kind: string;
  readonly network: NetworkBuilder;
  readonly isLast: boolean;

  /** @param isLast whether the network ends in what it gives */
  constructor(name: string, kind: string, network: NetworkBuilder, isLast: boolean) {
    this.name = name;
    this.kind = kind;
    this.network = network;
    this.isLast = isLast;
  }

  refused(why: string, cause?: unknown): InputError {
    return notConvertible(this.name, this.kind, why, cause);
  }

  /** What our own layers say does not name the node. @throws InputError `network-not-convertible` or `model-too-large` */
  named<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (cause) {
      if (!(cause instanceof InputError) || cause.code === 'network-not-convertible' || cause.code === 'model-too-large') throw cause;
      throw this.refused(whyOf(cause), cause);
    }
  }

  /** @throws InputError `network-not-convertible` */
  requireLeakySlope(slope: number): void {
    if (Math.abs(slope - leakySlope) > 1e-6) throw this.refused(`its slope is ${slope}, and ours is ${leakySlope}`);
  }

  /** The softmax is the loss's part with us. @throws InputError `network-not-convertible` */
  requireEnd(isFlat: boolean): void {
    if (!this.isLast || !isFlat) throw this.refused('a softmax can only be the end of a network that ends flat');
  }

  /** A ReLU that gives no more than `most`. @throws InputError `network-not-convertible` */
  limited(place: Place, most: number): Place {
    if (this.network.shapeOf(place).length !== 3) throw this.refused('a ReLU with a largest value is one of pictures only');
    if (!(most > 0 && most <= largestLimit)) throw this.refused(`its largest value ${most} is none`);
    return clipped(this.network, place, most, this.name);
  }
}
