/**
 * Windows as sequences. What is looked back at means the same at every place of a window, so that one fitted step serves all of them: its
 * channels. Inputs lie place by place, the oldest first: [length, channels], row by row, before all other inputs.
 */
import type { FittedStep } from '../../spec/fitted-steps.js';
import type { WindowSpec } from '../../spec/pipeline-spec.js';
import { laggedName } from '../windows.js';
import { widthOf } from './apply.js';

export interface Sequence {
  length: number;
  channels: number;
}

/** What a column of the window is called so many rows before; the row's own value of all but the target keeps the column's name. */
const nameAt = (column: string, rows: number, target: string): string =>
  rows === 0 && column !== target ? column : laggedName(column, rows);

/** Numbers of categories are looked up, and means of the target are each row's own: neither is a channel. */
const isChannel = (step: FittedStep): boolean =>
  step.kind === 'number' || step.kind === 'category' || step.kind === 'ordinal' || step.kind === 'hashing' || step.kind === 'date';

/** @param own columns that somebody chose a step for at one place of the window: they keep each their own */
export function inSequence(steps: readonly FittedStep[], windows: WindowSpec, target: string, own: ReadonlySet<string>): FittedStep[] {
  const { length } = windows;
  const byColumn = new Map(steps.map((step) => [step.column, step]));
  const channels = windows.columns.flatMap((column) => {
    const names = Array.from({ length }, (_, rows) => nameAt(column, rows, target));
    const step = byColumn.get(names[0]);
    return step && isChannel(step) && !names.slice(1).some((name) => own.has(name)) ? [{ step, names }] : [];
  });
  const shared = new Set(channels.flatMap(({ names }) => names));
  const places = Array.from({ length }, (_, place) => channels.map(({ step, names }) => ({ ...step, column: names[length - 1 - place] })));
  return [...places.flat(), ...steps.filter(({ column }) => !shared.has(column))];
}

/** The sequence that a pipeline's first inputs are, as `inSequence` has put them; undefined where there is none. */
export function sequenceOf(steps: readonly FittedStep[], windows: WindowSpec | undefined, target: string): Sequence | undefined {
  if (!windows) return undefined;
  const { length } = windows;
  const columns = windows.columns.filter((column) =>
    steps.slice(0, windows.columns.length).some((step) => step.column === nameAt(column, length - 1, target) && isChannel(step)),
  );
  const expected = Array.from({ length }, (_, place) => columns.map((column) => nameAt(column, length - 1 - place, target))).flat();
  const isWhole = columns.length > 0 && expected.every((name, index) => steps[index]?.column === name);
  if (!isWhole) return undefined;
  return { length, channels: steps.slice(0, columns.length).reduce((sum, step) => sum + widthOf(step), 0) };
}
