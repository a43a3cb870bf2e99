/** The one figure that a task is known by. */

/** Accuracy of a classification, R² of a regression. */
export const headlineOf = (metrics: { accuracy: number } | { r2: number }): number =>
  'accuracy' in metrics ? metrics.accuracy : metrics.r2;
