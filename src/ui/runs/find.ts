/** Finding runs: by words and conditions, in an order, in groups. */
import type { RunRecord } from '../../spec/run.js';
import type { CellValue, RunColumn } from './columns.js';

/** `accuracy>0.9`, `model=linear`; a name with spaces is written without them, as columns are called. */
const condition = /^([A-Za-z.\d]+)(<=|>=|!=|=|<|>)(.+)$/;

export interface Search {
  words: string[];
  conditions: ((run: RunRecord) => boolean)[];
  /** What looks like a condition and names no column. */
  unknown: string[];
}

export function searchOf(text: string, columns: readonly RunColumn[]): Search {
  const search: Search = { words: [], conditions: [], unknown: [] };
  for (const part of text.trim().toLowerCase().split(/\s+/).filter(Boolean)) {
    const [, name, operator, wanted] = condition.exec(part) ?? [];
    if (name === undefined) {
      search.words.push(part);
      continue;
    }
    const column = columns.find(({ key }) => key.toLowerCase() === name);
    if (column) search.conditions.push((run) => holds(column.value(run), operator, wanted));
    else search.unknown.push(name);
  }
  return search;
}

function holds(value: CellValue, operator: string, wanted: string): boolean {
  if (value === undefined) return operator === '!=';
  if (typeof value === 'string') {
    const contains = value.toLowerCase().includes(wanted);
    return operator === '=' ? contains : operator === '!=' && !contains;
  }
  const number = Number(wanted);
  switch (operator) {
    case '<':
      return value < number;
    case '<=':
      return value <= number;
    case '>':
      return value > number;
    case '>=':
      return value >= number;
    case '=':
      return value === number;
    default:
      return value !== number;
  }
}

export function matching(runs: readonly RunRecord[], { words, conditions }: Search): RunRecord[] {
  return runs.filter((run) => conditions.every((each) => each(run)) && words.every((word) => textOf(run).includes(word)));
}

const textOf = ({ name, dataset, spec, preset, status, tags = [], notes = '', device }: RunRecord): string =>
  [name, dataset.name, spec.target, preset, status, device.device, ...tags, notes].join('\n').toLowerCase();

export interface Order {
  key: string;
  descending: boolean;
}

/** Runs without a value come last either way; equal ones stay as they were. */
export function inOrder(runs: readonly RunRecord[], order: Order | undefined, columns: readonly RunColumn[]): RunRecord[] {
  if (!order) return [...runs];
  const column = columns.find(({ key }) => key === order.key);
  const valueIn = (run: RunRecord): CellValue => (order.key === 'name' ? run.name : column?.value(run));
  const compare = (one: CellValue, other: CellValue): number => {
    if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
    const sign = order.descending ? -1 : 1;
    if (typeof one === 'number' && typeof other === 'number') return sign * (one - other);
    return sign * String(one).localeCompare(String(other), 'en', { numeric: true });
  };
  return runs.toSorted((one, other) => compare(valueIn(one), valueIn(other)));
}

export const groupings = ['data', 'target', 'model', 'state', 'tags', 'sweep'] as const;
export type Grouping = (typeof groupings)[number];

/** In the order in which they come; a run with several tags is in each of their groups. */
export function grouped(runs: readonly RunRecord[], by: Grouping | undefined, columns: readonly RunColumn[]): Map<string, RunRecord[]> {
  const groups = new Map<string, RunRecord[]>();
  for (const run of runs) {
    for (const name of namesOf(run, by, columns)) groups.set(name, [...(groups.get(name) ?? []), run]);
  }
  return groups;
}

function namesOf(run: RunRecord, by: Grouping | undefined, columns: readonly RunColumn[]): string[] {
  if (by === undefined) return [''];
  if (by === 'tags') return run.tags && run.tags.length > 0 ? run.tags : ['no tags'];
  if (by === 'sweep') return [run.sweep ? `sweep ${run.sweep.id.slice(0, 8)}` : 'no sweep'];
  return [String(columns.find(({ key }) => key === by)?.value(run) ?? '–')];
}
