/** Plain words for the vocabulary: metrics, types, stages and states. */
import type { FieldType } from '../spec/field-type.js';
import type { Metrics } from '../spec/metrics.js';
import type { RunRecord } from '../spec/run.js';
import type { Task } from '../spec/task.js';
import type { TrainingStage } from '../train/trainer.js';

export interface MetricWords {
  name: string;
  title: string;
  explanation: string;
  better: 'higher' | 'lower';
  /** No share or ratio: it has no fixed size, so it is not cut to three decimals. */
  inUnits?: true;
}

const classification: MetricWords[] = [
  { name: 'accuracy', title: 'Accuracy', explanation: 'share of rows that are right', better: 'higher' },
  {
    name: 'balancedAccuracy',
    title: 'Balanced accuracy',
    explanation: 'accuracy averaged over classes, so that a rare class counts as much',
    better: 'higher',
  },
  { name: 'f1Macro', title: 'F1, macro', explanation: 'precision and recall in one figure, averaged over classes', better: 'higher' },
  { name: 'precisionMacro', title: 'Precision, macro', explanation: 'of the rows called a class, the share that are', better: 'higher' },
  { name: 'recallMacro', title: 'Recall, macro', explanation: 'of the rows of a class, the share that are found', better: 'higher' },
  { name: 'mcc', title: 'Matthews correlation', explanation: '0 is chance, 1 is perfect', better: 'higher' },
  { name: 'logLoss', title: 'Log loss', explanation: 'how wrong the probabilities are', better: 'lower' },
  { name: 'rocAuc', title: 'ROC AUC', explanation: 'how well rows of a class are ranked above the others', better: 'higher' },
];

const regression: MetricWords[] = [
  {
    name: 'rmse',
    title: 'Root mean squared error',
    explanation: 'in the units of the target; large errors weigh more',
    better: 'lower',
    inUnits: true,
  },
  { name: 'mae', title: 'Mean absolute error', explanation: 'in the units of the target', better: 'lower', inUnits: true },
  { name: 'r2', title: 'R²', explanation: 'share of the variation explained; 0 is the mean, 1 is perfect', better: 'higher' },
];

const forecast: MetricWords[] = [
  { name: 'mase', title: 'Mean absolute scaled error', explanation: '1 is the naive forecast on the training rows', better: 'lower' },
  ...regression,
  { name: 'smape', title: 'Symmetric percentage error', explanation: 'from 0 to 200', better: 'lower' },
];

const multilabel: MetricWords[] = [
  { name: 'f1Micro', title: 'F1, micro', explanation: 'precision and recall in one figure, over all labels together', better: 'higher' },
  {
    name: 'f1Macro',
    title: 'F1, macro',
    explanation: 'the same of each label, averaged, so that a rare label counts as much',
    better: 'higher',
  },
  { name: 'subsetAccuracy', title: 'Subset accuracy', explanation: 'share of rows of which every label is right', better: 'higher' },
  { name: 'hammingLoss', title: 'Hamming loss', explanation: 'share of labels that are wrong', better: 'lower' },
  { name: 'rocAuc', title: 'ROC AUC, macro', explanation: 'how well rows with a label are ranked above the others', better: 'higher' },
  {
    name: 'averagePrecision',
    title: 'Average precision, macro',
    explanation: 'how many of the rows ranked first have the label',
    better: 'higher',
  },
];

const anomaly: MetricWords[] = [
  { name: 'rocAuc', title: 'ROC AUC', explanation: 'how well known anomalies are scored above the others', better: 'higher' },
  {
    name: 'averagePrecision',
    title: 'Average precision',
    explanation: 'how many of the rows scored highest are known anomalies',
    better: 'higher',
  },
  { name: 'precision', title: 'Precision', explanation: 'of the rows above the threshold, the share that are anomalies', better: 'higher' },
  { name: 'recall', title: 'Recall', explanation: 'of the known anomalies, the share above the threshold', better: 'higher' },
  { name: 'flagged', title: 'Flagged', explanation: 'share of rows above the threshold', better: 'lower' },
  { name: 'reconstructionError', title: 'Reconstruction error', explanation: 'mean score of a row', better: 'lower', inUnits: true },
  {
    name: 'explained',
    title: 'Variation reconstructed',
    explanation: 'share of the inputs’ variation that is given back; 0 is their means, 1 is perfect',
    better: 'higher',
  },
];

export interface TaskWords {
  /** In a list to choose from. */
  title: string;
  /** What a training is for. */
  learns: string;
  /** What the target is. */
  target: string;
  metrics: readonly MetricWords[];
  /** The one figure that stands for a result, which is the score on the curve too. */
  headline: MetricWords;
  /** What the trivial model does. */
  baseline: string;
}

export const taskWords: Record<Task, TaskWords> = {
  classification: {
    title: 'Classes',
    learns: 'It learns to tell classes apart.',
    target: 'Classes to tell apart.',
    metrics: classification,
    headline: classification[0],
    baseline: 'Most frequent class',
  },
  regression: {
    title: 'A number',
    learns: 'It learns to estimate a number.',
    target: 'A number to estimate.',
    metrics: regression,
    headline: regression[2],
    baseline: 'Mean of the target',
  },
  forecast: {
    title: 'A forecast',
    learns: 'It learns to foretell the next rows of a series.',
    target: 'Values of a series to foretell.',
    metrics: forecast,
    headline: regression[2],
    baseline: 'Naive forecast',
  },
  multilabel: {
    title: 'Several labels',
    learns: 'It learns which labels a row has: several, one or none.',
    target: 'Labels to find, several in a cell. A row without a value has none.',
    metrics: multilabel,
    headline: multilabel[0],
    baseline: 'How often each label occurs',
  },
  anomaly: {
    title: 'Anomalies',
    learns: 'It learns what rows have in common, and scores each by how odd it is. The column is not learnt from: its labels only judge.',
    target: 'Known labels, by which scores are judged.',
    metrics: anomaly,
    headline: anomaly[0],
    baseline: 'Distance from the mean',
  },
};

export const metricWords = (task: Task): readonly MetricWords[] => taskWords[task].metrics;

/** @param metrics where they are known: of anomalies without a known label something else stands for the result */
export const headline = (task: Task, metrics?: Metrics): MetricWords =>
  metrics && 'reconstructionError' in metrics && metrics.rocAuc === null ? anomaly[anomaly.length - 1] : taskWords[task].headline;

export const baselineName = (task: Task): string => taskWords[task].baseline;

export const typeWords: Record<FieldType, string> = {
  number: 'number',
  integer: 'whole number',
  category: 'category',
  boolean: 'yes / no',
  datetime: 'date or time',
  text: 'text',
  identifier: 'identifier',
  picture: 'picture',
};

export const stageWords: Record<TrainingStage, string> = {
  reading: 'Reading the rows',
  preparing: 'Preparing columns',
  'choosing-device': 'Measuring devices',
  baseline: 'Scoring the baseline',
  linear: 'Training the linear model beside it',
  training: 'Training',
  testing: 'Testing once on rows never seen',
  saving: 'Saving the model',
};

export interface StatusWords {
  title: string;
  tone: '' | 'good' | 'warn' | 'bad' | 'accent';
}

export const statusWords: Record<RunRecord['status'], StatusWords> = {
  running: { title: 'running', tone: 'accent' },
  finished: { title: 'finished', tone: 'good' },
  stopped: { title: 'stopped, best kept', tone: 'good' },
  interrupted: { title: 'interrupted', tone: 'warn' },
  failed: { title: 'failed', tone: 'bad' },
};

export const presetWords: Record<string, string> = {
  auto: 'Automatic',
  linear: 'Linear model',
  mlp: 'Neural network',
  cnn: 'Convolutional network',
  residual: 'Residual network',
  resnet: 'Residual convolutional network',
  gru: 'Recurrent network',
  'temporal-cnn': 'Temporal convolutional network',
  'text-cnn': 'Convolutions over words',
  transformer: 'Transformer over words',
  transfer: 'Transfer learning',
  autoencoder: 'Autoencoder',
};
export const presetTitle = (preset: string): string => (Object.hasOwn(presetWords, preset) ? presetWords[preset] : preset);
