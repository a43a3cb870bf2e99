// Gradient descent with momentum, and RMSProp: both keep one slot, and both end with a weight less its step.

/**
 * velocity = momentum · velocity + gradient; the weight moves by the velocity, or with `nesterov` by gradient + momentum · velocity.
 * @param decay learning rate × weight decay; 0 for weights that are not decayed
 */
export function sgd(
  weights: usize, gradients: usize, velocities: usize, count: i32, momentum: f64, nesterov: bool, learningRate: f64, decay: f64, l2: f64,
): void {
  const keep = <f32>(1 - decay);
  const inertia = <f32>momentum;
  const rate = <f32>learningRate;
  const penalty = <f32>l2;
  for (let offset: usize = 0, end = (<usize>count) << 2; offset < end; offset += 4) {
    const weight = load<f32>(weights + offset);
    const gradient = load<f32>(gradients + offset) + penalty * weight;
    const velocity = inertia * load<f32>(velocities + offset) + gradient;
    store<f32>(velocities + offset, velocity);
    store<f32>(weights + offset, weight * keep - rate * (nesterov ? gradient + inertia * velocity : velocity));
  }
}

/** square = squareDecay · square + (1 − squareDecay) · gradient²; the weight moves by gradient / (√square + epsilon). */
export function rmsprop(
  weights: usize, gradients: usize, squares: usize, count: i32, squareDecay: f64, epsilon: f64, learningRate: f64, decay: f64, l2: f64,
): void {
  const keep = <f32>(1 - decay);
  const keepSquare = <f32>squareDecay;
  const addSquare = <f32>(1 - squareDecay);
  const floor = <f32>epsilon;
  const rate = <f32>learningRate;
  const penalty = <f32>l2;
  for (let offset: usize = 0, end = (<usize>count) << 2; offset < end; offset += 4) {
    const weight = load<f32>(weights + offset);
    const gradient = load<f32>(gradients + offset) + penalty * weight;
    const square = keepSquare * load<f32>(squares + offset) + addSquare * gradient * gradient;
    store<f32>(squares + offset, square);
    store<f32>(weights + offset, weight * keep - (rate * gradient) / (sqrt<f32>(square) + floor));
  }
}
