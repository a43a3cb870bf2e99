/** Runs side by side: everything that makes them, line by line, and whether they differ in it. */
import type { RunRecord } from '../../spec/run.js';
import { columnsOf } from './columns.js';

export interface DifferenceLine {
  part: 'Spec' | 'Pipeline' | 'Data' | 'Network' | 'Figures' | 'Course';
  name: string;
  /** One for each run. */
  values: string[];
  differs: boolean;
}

/** Longer values are cut: a vocabulary of thousands is not read here. */
const longest = 160;

export function differencesOf(runs: readonly RunRecord[]): DifferenceLine[] {
  const columns = columnsOf(runs);
  const course = new Set(['begun', 'time', 'epochs', 'bestEpoch', 'steps', 'state', 'device']);
  const settings = new Set(columns.filter(({ kind }) => kind === 'setting').map(({ key }) => key));
  const ofKind = (part: DifferenceLine['part'], keep: (key: string, kind: string) => boolean): DifferenceLine[] =>
    columns
      .filter(({ key, kind }) => keep(key, kind))
      .map(({ title, value, text }) =>
        line(
          part,
          title,
          runs.map((run) => {
            const found = value(run);
            return found === undefined ? '–' : text(found, run);
          }),
          runs.map((run) => value(run)),
        ),
      );
  return [
    line(
      'Data',
      'Table',
      runs.map(({ dataset }) => dataset.name),
    ),
    line(
      'Data',
      'Version',
      runs.map(({ dataset }) => dataset.hash.slice(0, 12)),
      runs.map(({ dataset }) => dataset.hash),
    ),
    line(
      'Data',
      'Rows to train, validate, test',
      runs.map(({ rows }) => `${rows.training} · ${rows.validation} · ${rows.test}`),
    ),
    ...flat(runs.map(({ split }) => split)).map(([name, values]) => line('Data', `Division: ${name}`, values)),
    ...flat(runs.map(({ spec: { pipeline: _, split: __, layers: ___, ...spec } }) => spec))
      .filter(([name]) => !settings.has(name))
      .map(([name, values]) => line('Spec', name, values)),
    ...ofKind('Spec', (_, kind) => kind === 'setting'),
    ...flat(runs.map(({ spec }) => spec.pipeline ?? {})).map(([name, values]) => line('Pipeline', name, values)),
    ...stepsOf(runs),
    line(
      'Network',
      'Layers',
      runs.map(({ model }) => model.layers.map(layerWords).join(' → ')),
    ),
    line(
      'Network',
      'Parameters',
      runs.map(({ parameters }) => String(parameters)),
    ),
    ...ofKind('Figures', (_, kind) => kind === 'metric'),
    ...ofKind('Course', (key) => course.has(key)),
  ];
}

const line = (part: DifferenceLine['part'], name: string, values: string[], exact: readonly unknown[] = values): DifferenceLine => ({
  part,
  name,
  values: values.map((value) => (value.length > longest ? `${value.slice(0, longest - 1)}…` : value)),
  differs: new Set(exact.map((value) => JSON.stringify(value))).size > 1,
});

/** Fields of any depth by their paths, as text. Lists are one value. */
function flat(objects: readonly object[]): [name: string, values: string[]][] {
  const names = new Map<string, string[]>();
  const visit = (value: unknown, path: string, index: number): void => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [key, inner] of Object.entries(value)) visit(inner, path ? `${path}.${key}` : key, index);
      return;
    }
    const values = names.get(path) ?? objects.map(() => '–');
    values[index] = typeof value === 'string' ? value : JSON.stringify(value);
    names.set(path, values);
  };
  for (const [index, object] of objects.entries()) visit(object, '', index);
  return [...names];
}

/** What each column became. */
function stepsOf(runs: readonly RunRecord[]): DifferenceLine[] {
  const columns = new Set(runs.flatMap(({ pipeline }) => pipeline.steps.map(({ column }) => column)));
  return [...columns].map((column) => {
    const steps = runs.map(({ pipeline }) => pipeline.steps.filter((step) => step.column === column));
    const kinds = steps.map((found) => found.map(({ kind }) => kind).join(', ') || 'left out');
    const isFittedAnew = new Set(kinds).size === 1 && new Set(steps.map((found) => JSON.stringify(found))).size > 1;
    return line('Pipeline', `Column ${column}`, isFittedAnew ? kinds.map((kind) => `${kind}, fitted on other rows`) : kinds, steps);
  });
}

function layerWords(layer: RunRecord['model']['layers'][number]): string {
  const size = 'units' in layer ? layer.units : 'filters' in layer ? layer.filters : 'rate' in layer ? layer.rate : undefined;
  const activation = 'activation' in layer && layer.activation !== 'linear' ? ` ${layer.activation}` : '';
  return `${layer.kind}${size === undefined ? '' : ` ${size}`}${activation}`;
}
