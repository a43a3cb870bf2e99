/** What of a run stands in a table: every hyperparameter and every metric, each a column that can be sorted, filtered and compared by. */
import type { LayerSpec } from '../../spec/layer.js';
import type { RunRecord, Scores } from '../../spec/run.js';
import { count, duration, figure, moment, score } from '../format.js';
import { headline, metricWords, presetTitle, statusWords } from '../words.js';

export type CellValue = number | string | undefined;

export interface RunColumn {
  /** What a filter calls it. */
  key: string;
  title: string;
  kind: 'about' | 'setting' | 'metric';
  /** Figures stand to the right. */
  isNumber: boolean;
  value: (run: RunRecord) => CellValue;
  text: (value: CellValue, run: RunRecord) => string;
}

const plain = (value: CellValue): string => (value === undefined ? '–' : typeof value === 'number' ? figure(value) : value);

type Shown = [key: string, title: string, value: (run: RunRecord) => CellValue, text?: RunColumn['text']];

const column =
  (kind: RunColumn['kind'], isNumber: boolean) =>
  ([key, title, value, text = plain]: Shown): RunColumn => ({ key, title, kind, isNumber, value, text });

const named = (value: string | { kind: string } | undefined): CellValue => (typeof value === 'object' ? value.kind : value);

const layersOf = <Kind extends LayerSpec['kind']>({ model }: RunRecord, kind: Kind) =>
  model.layers.filter((layer): layer is Extract<LayerSpec, { kind: Kind }> => layer.kind === kind);

/** Hidden layers only: the last is as wide as the answer. */
const unitsOf = (run: RunRecord): CellValue => {
  const units = layersOf(run, 'dense')
    .slice(0, -1)
    .map((layer) => layer.units);
  return units.length > 0 ? units.join(' · ') : undefined;
};

const about: RunColumn[] = [
  ...(
    [
      ['model', 'Model', ({ preset }) => presetTitle(preset)],
      ['data', 'Data', ({ dataset }) => dataset.name],
      ['target', 'Target', ({ spec }) => spec.target],
      ['state', 'State', ({ status }) => statusWords[status].title],
      ['device', 'Device', ({ device }) => device.device],
      ['tags', 'Tags', ({ tags = [] }) => tags.join(', ') || undefined],
      ['notes', 'Notes', ({ notes }) => notes || undefined],
      ['sweep', 'Sweep', ({ sweep }) => sweep && `trial ${sweep.trial}`],
    ] satisfies Shown[]
  ).map(column('about', false)),
  ...(
    [
      ['begun', 'Begun', ({ created }) => created, (value) => moment(value as number)],
      ['parameters', 'Parameters', ({ parameters }) => parameters, (value) => count(value as number)],
      ['time', 'Time', ({ seconds }) => seconds, (value) => duration(value as number)],
      ['epochs', 'Epochs', ({ curve }) => curve.length],
      ['bestEpoch', 'Best epoch', ({ bestEpoch }) => bestEpoch || undefined],
      ['steps', 'Steps', ({ steps }) => steps],
      ['rows', 'Training rows', ({ rows }) => rows.training, (value) => count(value as number)],
    ] satisfies Shown[]
  ).map(column('about', true)),
];

const settings: RunColumn[] = [
  ...(
    [
      ['seed', 'Seed', ({ seed }) => seed, (value) => String(value)],
      ['learningRate', 'Learning rate', ({ learningRate }) => learningRate],
      ['batchSize', 'Batch size', ({ batchSize }) => batchSize],
      ['mostEpochs', 'Most epochs', ({ epochs }) => epochs],
      ['patience', 'Patience', ({ spec }) => spec.patience],
      ['weightDecay', 'Weight decay', ({ spec }) => spec.weightDecay],
      ['l2', 'L2', ({ spec }) => spec.l2],
      ['labelSmoothing', 'Label smoothing', ({ spec }) => spec.labelSmoothing],
      ['clipNorm', 'Clipped norm', ({ spec }) => spec.clip?.norm],
      ['dropout', 'Dropout', (run) => layersOf(run, 'dropout')[0]?.rate],
      ['validationShare', 'Validation share', ({ split }) => split.validation],
      ['testShare', 'Test share', ({ split }) => split.test],
    ] satisfies Shown[]
  ).map(column('setting', true)),
  ...(
    [
      ['extractor', 'Extractor', ({ extractor }) => extractor?.name],
      ['hiddenUnits', 'Hidden units', unitsOf],
      ['optimizer', 'Optimizer', ({ spec }) => named(spec.optimizer)],
      ['schedule', 'Schedule', ({ spec }) => named(spec.schedule)],
      ['loss', 'Loss', ({ model }) => model.loss],
    ] satisfies Shown[]
  ).map(column('setting', false)),
];

const parts = ['test', 'validation'] as const satisfies (keyof Scores)[];

const toThousandths = (value: CellValue): string => score(value as number | undefined);

function metrics(runs: readonly RunRecord[]): RunColumn[] {
  const tasks = [...new Set(runs.map(({ task }) => task))];
  const words = new Map(tasks.flatMap((task) => metricWords(task).map((each) => [each.name, each] as const)));
  const of = (run: RunRecord, part: keyof Scores, name: string): CellValue =>
    (run.scores?.[part] as Record<string, number | null> | undefined)?.[name] ?? undefined;
  return parts.flatMap((part) =>
    [...words].map(([name, { title, inUnits }]): RunColumn => {
      const key = part === 'test' ? name : `${part}.${name}`;
      return {
        key,
        title: `${title}, ${part}`,
        kind: 'metric',
        isNumber: true,
        value: (run) => of(run, part, name),
        text: inUnits ? plain : toThousandths,
      };
    }),
  );
}

/** Those that some run has a value for. */
export function columnsOf(runs: readonly RunRecord[]): RunColumn[] {
  return [...about, ...settings, ...metrics(runs)].filter(({ value }) => runs.some((run) => value(run) !== undefined));
}

/** Shown until somebody chooses others. */
export function usualColumns(runs: readonly RunRecord[]): string[] {
  const scores = [...new Set(runs.map(({ task, scores: own }) => headline(task, own?.test).name))];
  return [
    'model',
    ...scores,
    'learningRate',
    'parameters',
    'time',
    'state',
    ...(runs.some(({ tags = [] }) => tags.length > 0) ? ['tags'] : []),
  ];
}
