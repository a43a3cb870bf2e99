/** A damaged chunk in the words of those who need it: whose it is, what still works, and what mends it. */
import { StorageError } from '../base/errors.js';
import type { DatasetRecord, DatasetVersion } from '../spec/dataset.js';
import type { RunRecord } from '../spec/run.js';
import type { SweepRecord, TrialRecord } from '../spec/sweep-record.js';
import type { TensorModelRecord } from '../spec/tensor-model.js';
import type { ModelRecord } from '../spec/trained.js';
import { namedRefs } from './records.js';
import type { Store } from './store.js';

/** A sweep with its trials, which stand in records of their own. */
export type SweepWhole = SweepRecord & { parts: TrialRecord[] };
export type Owner = DatasetRecord | RunRecord | ModelRecord | TensorModelRecord | SweepWhole;

/** Chunks of one thing that are damaged or gone. */
export interface Damage {
  kind: Owner['kind'] | 'deployment';
  id: string;
  name: string;
  /** Of its chunks, so many cannot be read. */
  chunks: number;
  of: number;
  /** Of a dataset: rows of the version in use that cannot be read. */
  rows?: number;
  /** What is damaged, as a sentence. */
  message: string;
  /** What still works, and what mends it. */
  advice: string;
}

/** All that is kept and has chunks, deleted or not. */
export async function owners(store: Store): Promise<Owner[]> {
  const [datasets, runs, models, others, sweeps] = await Promise.all([
    store.list('dataset'),
    store.list('run'),
    store.list('model'),
    store.list('tensor-model'),
    store.list('sweep'),
  ]);
  const trials = sweeps.length > 0 ? await store.list('trial') : [];
  const whole = sweeps.map((sweep): SweepWhole => ({ ...sweep, parts: trials.filter((trial) => trial.sweep === sweep.id) }));
  return [...datasets, ...runs, ...models, ...others, ...whole];
}

/** Undefined where none of the chunks is its. */
export function damageOf(record: Owner, damaged: ReadonlySet<string>): Damage | undefined {
  const refs = namedRefs(record);
  const chunks = refs.filter(({ hash }) => damaged.has(hash)).length;
  if (chunks === 0) return undefined;
  const { kind, id, name } = record;
  const words = wordsOf(record, damaged);
  const { told, advice, ...rest } = words;
  return { kind, id, name, chunks, of: refs.length, message: `The ${called(kind)} "${name}" is damaged: ${told}.`, advice, ...rest };
}

/** As people call it. */
const called = (kind: Damage['kind']): string => (kind === 'tensor-model' ? 'model' : kind);

function wordsOf(record: Owner, damaged: ReadonlySet<string>): { told: string; advice: string; rows?: number } {
  switch (record.kind) {
    case 'dataset':
      return datasetWords(record, damaged);
    case 'model':
      return modelWords;
    case 'tensor-model':
      return fileWords(record);
    case 'sweep':
      return sweepWords;
    case 'run':
      return record.checkpoint && namedRefs({ ...record, insight: undefined }).some(({ hash }) => damaged.has(hash))
        ? runWords
        : insightWords;
  }
}

function datasetWords(record: DatasetRecord, damaged: ReadonlySet<string>): { told: string; advice: string; rows: number } {
  const lost = (version: Pick<DatasetVersion, 'chunks'>): number =>
    version.chunks.reduce((sum, { ref, rows }) => (damaged.has(ref.hash) ? sum + rows : sum), 0);
  const rows = lost(record);
  const others = (record.versions ?? []).filter((version) => lost(version) > 0).map(({ version }) => version.number);
  const parts = [
    ...(rows > 0 ? [`${rows} of its ${record.rows} rows cannot be read`] : []),
    ...(others.length > 0 ? [`rows of version ${others.join(' and of version ')} cannot be read`] : []),
  ];
  const again = record.origin.kind === 'text' ? 'the same rows' : `"${record.origin.name}"`;
  return {
    rows,
    told: parts.join(', and ') || 'a part of it cannot be read',
    advice: `${rows < record.rows ? 'Its other rows, its' : 'Its'} columns and all models that learnt from it work as before. To mend it, import ${again} once more in place of its rows, or a .bench file that holds it.`,
  };
}

const modelWords = {
  told: 'its weights cannot be read',
  advice:
    'It cannot answer; its figures, its run and everything else work as before. Import a .bench file that holds it, or train it again.',
};

const fileWords = ({ source }: TensorModelRecord): { told: string; advice: string } => ({
  told: 'its file cannot be read',
  advice: `It cannot answer; everything else works as before. To mend it, import ${source.name} again, or a .bench file that holds it.`,
});

const runWords = {
  told: 'what it kept to go on from cannot be read',
  advice: 'It cannot go on; its curves, its model and everything else work as before. Import a .bench file that holds it, or train again.',
};

const insightWords = {
  told: 'what was seen of it by epoch cannot be read',
  advice: 'Its curves, its figures, its model and everything else work as before. Import a .bench file that holds it, or train again.',
};

const sweepWords = {
  told: 'what its trials kept to go on from cannot be read',
  advice: 'Its trials, its winner and everything else work as before; resumed, it takes the same steps again.',
};

/** The error of whoever reads the chunk, with the names of those it belongs to. */
export function damageError(cause: StorageError, hash: string, found: readonly Damage[]): StorageError {
  const [first, ...others] = found;
  const beside = others.length > 0 ? ` So is ${others.map(({ kind, name }) => `the ${called(kind)} "${name}"`).join(' and ')}.` : '';
  return new StorageError(cause.code, `${first.message}${beside}`, {
    advice: first.advice,
    place: { [first.kind]: first.id, chunk: hash },
    cause,
  });
}
