/** Gated recurrent units: the products with the inputs for all steps at once, those with the states step by step. */
import type { OperationOf } from '../../plan/operation.js';
import type { Instruction, Surroundings } from '../instruction.js';

/** Addresses and distances that both ways need. Strides are in numbers, steps in bytes. */
function settled(operation: OperationOf<'gru' | 'gruGradient'>, { at, weightsOf }: Surroundings) {
  const { input, projected, previous, candidate, mask, parameters, places, units } = operation;
  return {
    from: at(input),
    gates: at(projected),
    states: at(previous),
    candidates: at(candidate),
    counting: mask === undefined ? 0 : at(mask),
    weights: weightsOf(parameters.weights),
    recurrentWeights: weightsOf(parameters.recurrentWeights),
    gateStride: places * 3 * units,
    stateStride: places * units,
    gateStep: 4 * 3 * units,
    stateStep: 4 * units,
  };
}

export function gru(operation: OperationOf<'gru'>, surroundings: Surroundings): Instruction {
  const { kernels, layout, at, weightsOf } = surroundings;
  const { parameters, places, channels, units, sequences } = operation;
  const { from, gates, states, candidates, counting, weights, recurrentWeights, ...far } = settled(operation, surroundings);
  const { gateStride, stateStride, gateStep, stateStep } = far;
  const [bias, recurrentBias] = [weightsOf(parameters.bias), weightsOf(parameters.recurrentBias)];
  const [to, product, columns, scratch] = [at(operation.output), at(operation.product), 3 * units, layout.gemmScratch];
  return ({ rows }) => {
    kernels.gemm(from, channels, 1, weights, columns, 1, gates, rows * places, columns, channels, scratch, bias, 0);
    for (let row = 0; row < rows; row++) kernels.fillZero(states + 4 * row * stateStride, units);
    for (let place = 0; place < places; place++) {
      const before = states + place * stateStep;
      kernels.gemm(before, stateStride, 1, recurrentWeights, columns, 1, product, rows, columns, units, scratch, recurrentBias, 0);
      const isLast = place === places - 1;
      const next = isLast ? to + (sequences ? place * stateStep : 0) : before + stateStep;
      const nextStride = isLast && !sequences ? units : stateStride;
      kernels.recurrentStep(
        gates + place * gateStep,
        product,
        candidates + place * stateStep,
        before,
        next,
        counting === 0 ? 0 : counting + 4 * place,
        rows,
        units,
        gateStride,
        stateStride,
        nextStride,
        places,
      );
    }
    // All states but the last stand, one step later, among those before: each row's are one stretch.
    if (sequences && places > 1) kernels.copyColumns(states + stateStep, stateStride, to, stateStride, rows, (places - 1) * units);
  };
}

export function gruGradient(operation: OperationOf<'gruGradient'>, surroundings: Surroundings): Instruction {
  const { kernels, layout, at, gradientsOf } = surroundings;
  const { parameters, places, channels, units, sequences, inputGradient } = operation;
  const { from, gates, states, candidates, counting, weights, recurrentWeights, ...far } = settled(operation, surroundings);
  const { gateStride, stateStride, gateStep, stateStep } = far;
  const [slope, carry, back] = [at(operation.gradient), at(operation.carry), at(operation.back)];
  const [columns, scratch] = [3 * units, layout.gemmScratch];
  const below = inputGradient === undefined ? undefined : at(inputGradient);
  const slopeStride = sequences ? stateStride : units;

  const stepBack = (rows: number, place: number): void => {
    const isLast = place === places - 1;
    const ownSlope = sequences ? slope + place * stateStep : isLast ? slope : 0;
    kernels.recurrentStepGradient(
      gates + place * gateStep,
      candidates + place * stateStep,
      states + place * stateStep,
      ownSlope,
      carry,
      isLast ? 0 : back,
      counting === 0 ? 0 : counting + 4 * place,
      rows,
      units,
      gateStride,
      stateStride,
      slopeStride,
      places,
    );
    if (place === 0) return;
    kernels.gemm(gates + place * gateStep, gateStride, 1, recurrentWeights, 1, columns, back, rows, units, columns, scratch, 0, 0);
  };

  return ({ rows }) => {
    const all = rows * places;
    for (let place = places - 1; place >= 0; place--) stepBack(rows, place);
    kernels.gemm(states, 1, units, gates, columns, 1, gradientsOf(parameters.recurrentWeights), units, columns, all, scratch, 0, 0);
    kernels.sumColumns(gates, gradientsOf(parameters.recurrentBias), all, columns);
    // The gradients by the inputs' products differ from those by the states' in their last third.
    kernels.copyColumns(candidates, units, gates + 4 * 2 * units, columns, all, units);
    kernels.gemm(from, 1, channels, gates, columns, 1, gradientsOf(parameters.weights), channels, columns, all, scratch, 0, 0);
    kernels.sumColumns(gates, gradientsOf(parameters.bias), all, columns);
    if (below !== undefined) kernels.gemm(gates, columns, 1, weights, 1, columns, below, all, channels, columns, scratch, 0, 0);
  };
}
