// Rows of a table looked up by index, and the gradient brought back to them. Indices are floats, checked by the caller.

/** output[count, dimension] = weights[indices] */
export function embed(indices: usize, weights: usize, output: usize, count: i32, dimension: i32): void {
  const bytes = (<usize>dimension) << 2;
  for (let index = 0; index < count; index++, indices += 4, output += bytes) {
    memory.copy(output, weights + <usize>load<f32>(indices) * bytes, bytes);
  }
}

/** weightsGradient[vocabulary, dimension] = the sums of the gradients of each index. */
export function embedGradient(indices: usize, gradient: usize, weightsGradient: usize, count: i32, vocabulary: i32, dimension: i32): void {
  const bytes = (<usize>dimension) << 2;
  memory.fill(weightsGradient, 0, <usize>vocabulary * bytes);
  for (let index = 0; index < count; index++, indices += 4, gradient += bytes) {
    const target = weightsGradient + <usize>load<f32>(indices) * bytes;
    for (let offset: usize = 0; offset < bytes; offset += 4) {
      store<f32>(target + offset, load<f32>(target + offset) + load<f32>(gradient + offset));
    }
  }
}
