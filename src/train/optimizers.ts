/** The optimizers by name, with their usual constants. */
import type { OptimizerSpec } from '../compute/engine.js';
import type { OptimizerName } from '../spec/training.js';

/** Adam as in 1412.6980; RMSProp as PyTorch has it; gradient descent with the momentum that everybody uses. */
export function optimizerFor(name: OptimizerName, weightDecay: number, l2: number): OptimizerSpec {
  const shared = { weightDecay, l2 };
  switch (name) {
    case 'adam':
      return { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, ...shared };
    case 'sgd':
      return { kind: 'sgd', momentum: 0.9, nesterov: false, ...shared };
    case 'rmsprop':
      return { kind: 'rmsprop', decay: 0.99, epsilon: 1e-8, ...shared };
  }
}
