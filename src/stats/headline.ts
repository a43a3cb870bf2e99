/** The one figure that a result is known by: larger is better. */

type Headed =
  | { accuracy: number }
  | { r2: number }
  | { subsetAccuracy: number; f1Micro: number }
  | { reconstructionError: number; explained?: number | undefined; rocAuc: number | null };

/** Accuracy of classes, F1 of several labels, R² of a number; of anomalies the ROC AUC, and where no label is known what is reconstructed. */
export function headlineOf(metrics: Headed): number {
  if ('accuracy' in metrics) return metrics.accuracy;
  if ('f1Micro' in metrics) return metrics.f1Micro;
  return 'r2' in metrics ? metrics.r2 : (metrics.rocAuc ?? metrics.explained ?? Number.NaN);
}

/** What it is called within a sentence. */
export function headlineName(metrics: Headed): string {
  if ('accuracy' in metrics) return 'accuracy';
  if ('f1Micro' in metrics) return 'micro F1';
  if ('r2' in metrics) return 'R²';
  return metrics.rocAuc === null ? 'share of variation reconstructed' : 'ROC AUC';
}
