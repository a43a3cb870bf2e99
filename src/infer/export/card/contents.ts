/** What a model card says (Mitchell et al., 1810.03993), as data: both forms of it are written from this. */
import { version } from '../../../base/version.js';
import { parameterCount } from '../../../compute/plan/parameters.js';
import type { DatasetRecord } from '../../../spec/dataset.js';
import type { LayerSpec } from '../../../spec/layer.js';
import type { Metrics } from '../../../spec/metrics.js';
import type { FittedTarget } from '../../../spec/pipeline.js';
import type { Task } from '../../../spec/task.js';
import type { ExportSubject } from '../subject.js';

export type CardPart = { text: string } | { list: string[] } | { rows: string[][] /** The first row is the head. */; title: string };

export interface CardSection {
  title: string;
  parts: CardPart[];
}

export interface CardSubject extends ExportSubject {
  /** What it learnt from, where that is still kept. */
  dataset?: DatasetRecord | undefined;
  /** What whoever exports it says. */
  licence?: string | undefined;
}

export interface CardContents {
  title: string;
  lead: string;
  sections: CardSection[];
}

const leads: Record<Task, (target: string) => string> = {
  classification: (target) => `Predicts the class "${target}"`,
  regression: (target) => `Predicts the value "${target}"`,
  forecast: (target) => `Foretells the next values of "${target}"`,
  multilabel: (target) => `Predicts the labels "${target}"`,
  anomaly: () => 'Tells odd rows',
};

export function cardContents(subject: CardSubject): CardContents {
  const { record } = subject;
  const columns = record.fields.length === 1 ? '1 column' : `${record.fields.length} columns`;
  return {
    title: record.name,
    lead: `${leads[record.task](record.target)} from ${columns}. Trained and kept on its owner's own machine with Benchwright ${version}.`,
    sections: [
      { title: 'Data', parts: dataParts(subject) },
      { title: 'Target', parts: [{ text: targetText(subject) }] },
      { title: 'Training', parts: trainingParts(subject) },
      { title: 'Results', parts: resultParts(subject) },
      { title: 'Limits', parts: [{ list: limits(subject) }] },
      { title: 'Licence', parts: [{ text: licenceText(subject) }] },
      { title: 'To make it again', parts: [{ list: lineage(subject) }] },
    ],
  };
}

function dataParts({ record, run, dataset }: CardSubject): CardPart[] {
  const { lineage, fields, pipeline } = record;
  const origin = dataset?.origin;
  const parts: CardPart[] = [
    {
      list: [
        `Dataset: ${origin?.title ?? lineage.dataset.name}`,
        ...(origin?.attribution ? [`From: ${origin.attribution}`] : []),
        ...(origin?.url ? [`Address: ${origin.url}`] : []),
        `SHA-256 of its content: ${lineage.dataset.hash}`,
        ...(run ? [`Rows: ${run.rows.training} for training, ${run.rows.validation} for validation, ${run.rows.test} for the test`] : []),
        ...(run ? [`Division: ${divisionText(run.split)}, by seed ${run.seed}`] : []),
      ],
    },
    {
      title: 'Columns that it reads',
      rows: [['Column', 'Type', 'Missing in the data'], ...fields.map(({ name, type, missing }) => [name, type, String(missing)])],
    },
  ];
  if (pipeline.derived.length > 0)
    parts.push({
      title: 'Derived columns',
      rows: [['Column', 'Computed as'], ...pipeline.derived.map(({ name, expression }) => [name, expression])],
    });
  if (pipeline.ignored.length > 0)
    parts.push({ title: 'Columns left out', rows: [['Column', 'Why'], ...pipeline.ignored.map(({ column, reason }) => [column, reason])] });
  return parts;
}

function divisionText({ validation, test, group, time, parts }: NonNullable<CardSubject['run']>['split']): string {
  if (parts !== undefined) return `by the column "${parts}"`;
  const shares = `${percent(validation)} for validation and ${percent(test)} for the test`;
  if (time !== undefined) return `by time "${time}", the latest rows for the test; ${shares}`;
  return group === undefined ? `at random; ${shares}` : `at random, rows of one "${group}" together; ${shares}`;
}

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;

function targetText({ record: { pipeline, target, task } }: CardSubject): string {
  const fitted = pipeline.target;
  if (fitted.kind === 'labels')
    return `"${target}", several of ${fitted.labels.length} labels: ${fitted.labels.join(', ')}. A row without a value has none.`;
  if (fitted.kind === 'anomaly') return anomalyText(fitted, target);
  if (fitted.kind === 'classes') return `"${target}", one of ${fitted.classes.length} classes: ${fitted.classes.join(', ')}.`;
  return `"${target}", a number (${task}). In the training rows its mean is ${figure(fitted.mean)} and its standard deviation ${figure(fitted.deviation)}${fitted.transform === 'none' ? '' : ', of its signed logarithm'}.`;
}

function anomalyText({ threshold, contamination, usual, normal }: Extract<FittedTarget, { kind: 'anomaly' }>, target: string): string {
  const score = usual
    ? 'by how much more than usual the network misses its columns as it gives them back, 1 being usual'
    : 'the mean squared error with which the network gives its columns back';
  const labels = `The labels of "${target}" were not learnt from; rows that are not ${normal.map((name) => `"${name}"`).join(' or ')} count as anomalies in the figures.`;
  return [
    `How odd a row is: ${score}.`,
    ...(threshold === undefined
      ? []
      : [`Above ${figure(threshold)}, the ${1 - contamination} quantile of the validation rows' scores, it is an anomaly.`]),
    ...(target === '' ? [] : [labels]),
  ].join(' ');
}

function trainingParts({ record, run }: CardSubject): CardPart[] {
  const { model } = record;
  return [
    {
      list: [
        `Network: ${model.shape?.join(' × ') ?? model.inputs} inputs → ${model.layers.map(layerText).join(' → ')}`,
        `Parameters: ${parameterCount(model)}`,
        `Loss: ${model.loss}`,
        ...(run
          ? [
              `Preset: ${run.preset}`,
              `Epochs: ${run.curve.length} of at most ${run.epochs}, the best was ${run.bestEpoch}; ${run.steps} steps of ${run.batchSize} rows`,
              `Learning rate: ${run.learningRate}`,
              `Time: ${figure(run.seconds)} s on ${run.device.device} (${run.device.description})`,
            ]
          : []),
        `Seed: ${record.lineage.seed}; device: ${record.lineage.device}`,
      ],
    },
  ];
}

function layerText(layer: LayerSpec): string {
  if (layer.kind === 'dense') return `dense ${layer.units}${layer.activation === 'linear' ? '' : ` ${layer.activation}`}`;
  if (layer.kind === 'conv2d') return `${layer.filters} filters of ${layer.kernel.join(' × ')} ${layer.activation}`;
  return layer.kind;
}

function resultParts({ record, run }: CardSubject): CardPart[] {
  const columns: [string, Metrics][] = [
    ['This model, test', record.metrics.test],
    ['This model, validation', record.metrics.validation],
    ...(run?.baseline ? ([['Baseline, test', run.baseline.test]] as [string, Metrics][]) : []),
    ...(run?.linear ? ([['Linear model, test', run.linear.test]] as [string, Metrics][]) : []),
  ];
  const names = Object.keys(record.metrics.test) as (keyof Metrics)[];
  const cell = (metrics: Metrics, name: string): string => figure((metrics as Record<string, number | null>)[name]);
  const parts: CardPart[] = [
    { text: 'The test rows were used once, after training. The baseline answers the same for every row.' },
    {
      title: 'Metrics',
      rows: [
        ['Metric', ...columns.map(([title]) => title)],
        ...names.map((name) => [name, ...columns.map(([, metrics]) => cell(metrics, name))]),
      ],
    },
  ];
  const mostClasses = 30;
  if (run?.confusion && run.confusion.classes.length <= mostClasses) {
    const { classes, counts } = run.confusion;
    parts.push({
      title: 'Test rows by true class (rows) and predicted class (columns)',
      rows: [['', ...classes], ...counts.map((row, label) => [classes[label], ...row.map(String)])],
    });
  }
  return parts;
}

const taskLimits: Record<Task, string> = {
  classification: 'It answers one of the classes that it was trained with, also to what is none of them.',
  regression: 'It was not trained for values outside the range of the training rows.',
  forecast: 'It goes on as its series have gone on: what never happened in the training rows is not foretold.',
  multilabel: 'It knows no labels but those that it was trained with.',
  anomaly:
    'Odd is what the training rows are not: a new and harmless kind of row is odd as well, and what went wrong in many of them is not.',
};

function limits({ record, run }: CardSubject): string[] {
  const { pipeline, task } = record;
  const fewTestRows = 200;
  return [
    'It has learnt from this data alone. Elsewhere, or later, it may be wrong in ways that these figures do not show: measure it on rows of your own first.',
    taskLimits[task],
    ...(run && run.rows.test < fewTestRows
      ? [`Only ${run.rows.test} test rows stand behind the figures: they are uncertain by several per cent.`]
      : []),
    ...(pipeline.steps.some(({ kind }) => kind === 'picture')
      ? ['Pictures are brought to the size that it learnt from. Other cameras, light and sections were not measured.']
      : []),
    'How it fares for groups of people was not measured here: "benchwright evaluate --group" does.',
    ...(run?.warnings ?? []).map(({ message }) => message),
  ];
}

function licenceText({ dataset, licence }: CardSubject): string {
  const ofData = dataset?.origin.licence;
  if (licence !== undefined) return `${licence}.${ofData ? ` The data: ${ofData}.` : ''}`;
  return ofData
    ? `Nobody has said yet under which licence the model may be used. The data: ${ofData}.`
    : 'Nobody has said yet under which licence the model may be used, and that of the data is not known: ask whoever gave it to you.';
}

const lineage = ({
  record: {
    lineage: { run, dataset, seed, versions },
  },
}: CardSubject): string[] => [
  `Run ${run}, dataset "${dataset.name}" (${dataset.hash.slice(0, 12)}), seed ${seed}: the same seed gives the same curve on the same device.`,
  ...Object.entries(versions).map(([name, value]) => `${name} ${value}`),
];

const figure = (value: number | null): string => (value === null || !Number.isFinite(value) ? 'n/a' : String(Number(value.toPrecision(4))));
