// Adam with decoupled weight decay (1412.6980, 1711.05101).

/**
 * One update of `count` neighbouring weights and their two moments.
 * @param stepSize learning rate ÷ (1 − beta1^step)
 * @param varianceScale 1 ÷ √(1 − beta2^step)
 * @param decay learning rate × weight decay; 0 for weights that are not decayed
 * @param l2 l2 × weight is added to the gradient
 */
export function adam(
  weights: usize, gradients: usize, means: usize, variances: usize, count: i32,
  beta1: f64, beta2: f64, epsilon: f64, stepSize: f64, varianceScale: f64, decay: f64, l2: f64,
): void {
  const end = (<usize>count) << 2;
  const whole = end & ~15;
  // Rounded once from double precision: 1 − 0.999 in single precision would be 5e-5 off.
  const keep = <f32>(1 - decay);
  const keepMean = <f32>beta1;
  const addMean = <f32>(1 - beta1);
  const keepVariance = <f32>beta2;
  const addVariance = <f32>(1 - beta2);
  const step = <f32>stepSize;
  const scale = <f32>varianceScale;
  const floor = <f32>epsilon;
  const penalty = <f32>l2;
  let offset: usize = 0;
  for (; offset < whole; offset += 16) {
    const weight = v128.load(weights + offset);
    const gradient = f32x4.add(v128.load(gradients + offset), f32x4.mul(weight, f32x4.splat(penalty)));
    const mean = f32x4.add(f32x4.mul(v128.load(means + offset), f32x4.splat(keepMean)), f32x4.mul(gradient, f32x4.splat(addMean)));
    const square = f32x4.mul(f32x4.mul(gradient, gradient), f32x4.splat(addVariance));
    const variance = f32x4.add(f32x4.mul(v128.load(variances + offset), f32x4.splat(keepVariance)), square);
    const spread = f32x4.add(f32x4.mul(f32x4.sqrt(variance), f32x4.splat(scale)), f32x4.splat(floor));
    const move = f32x4.div(f32x4.mul(mean, f32x4.splat(step)), spread);
    v128.store(means + offset, mean);
    v128.store(variances + offset, variance);
    v128.store(weights + offset, f32x4.sub(f32x4.mul(weight, f32x4.splat(keep)), move));
  }
  for (; offset < end; offset += 4) {
    const weight = load<f32>(weights + offset);
    const gradient = load<f32>(gradients + offset) + weight * penalty;
    const mean = load<f32>(means + offset) * keepMean + gradient * addMean;
    const variance = load<f32>(variances + offset) * keepVariance + gradient * gradient * addVariance;
    const move = (mean * step) / (sqrt<f32>(variance) * scale + floor);
    store<f32>(means + offset, mean);
    store<f32>(variances + offset, variance);
    store<f32>(weights + offset, weight * keep - move);
  }
}
