/** A project file from outside: everything that it claims is checked before it is believed. */
import { BenchwrightError } from '../../base/errors.js';
import { sha256 } from '../../base/hash.js';
import type { ChunkRef } from '../../spec/chunk.js';
import { DatasetRecord, type DatasetVersion } from '../../spec/dataset.js';
import { DeploymentRecord } from '../../spec/deployment.js';
import { currentPipeline } from '../../spec/migrate-pipeline.js';
import { RunRecord } from '../../spec/run.js';
import { SavedPipeline } from '../../spec/saved-pipeline.js';
import { SweepRecord, TrialRecord } from '../../spec/sweep-record.js';
import { TensorModelRecord } from '../../spec/tensor-model.js';
import { checkTraffic } from '../../spec/traffic.js';
import { ModelRecord } from '../../spec/trained.js';
import { trialId } from '../../spec/trial-id.js';
import { validate } from '../../spec/validate.js';
import { allVersions } from '../../spec/versions.js';
import { pipelinePrefix } from '../names.js';
import { readRecord } from '../record-text.js';
import { chunksOf, isThing, itemOf, keyOf, type ProjectRecord, trialsIn } from './contents.js';
import { headerBytes, Manifest, mostChunkBytes, projectDamaged, readHeader } from './format.js';
import type { ProjectFile } from './project.js';

const isId = /^[\w-]{1,100}$/;

const schemas = {
  dataset: DatasetRecord,
  run: RunRecord,
  model: ModelRecord,
  'tensor-model': TensorModelRecord,
  sweep: SweepRecord,
  trial: TrialRecord,
  deployment: DeploymentRecord,
} as const;

const isKind = (kind: unknown): kind is keyof typeof schemas => typeof kind === 'string' && Object.hasOwn(schemas, kind);

export interface OpenBundle {
  records: ProjectRecord[];
  /** In the file's order. */
  chunks: ChunkRef[];
  /** Where the first chunk begins. */
  start: number;
}

/** @throws InputError `not-a-project`, `project-newer` or `project-damaged` */
export async function openBundle(file: ProjectFile): Promise<OpenBundle> {
  const header = await bytesAt(file, 0, Math.min(file.size, headerBytes));
  const { version, manifestBytes, hash } = readHeader(header, file.size);
  const start = headerBytes + manifestBytes;
  const text = await bytesAt(file, headerBytes, start);
  if ((await sha256(text)) !== hash) throw projectDamaged('its list of contents has changed since it was written');
  try {
    const manifest = validate(Manifest, readRecord(new TextDecoder('utf-8', { fatal: true }).decode(text)), 'project');
    if (manifest.version !== version) throw projectDamaged('its header and its list of contents name different formats');
    const records = manifest.records.map(checkedRecord);
    checkTrials(records);
    checkChunks(records, manifest.chunks, file.size - start);
    return { records, chunks: manifest.chunks, start };
  } catch (thrown) {
    if (thrown instanceof BenchwrightError && thrown.code === 'project-damaged') throw thrown;
    throw projectDamaged(thrown instanceof BenchwrightError ? thrown.message : 'its list of contents cannot be read', thrown);
  }
}

/** Bytes [start, end) of a file. @throws InputError `project-damaged` when it ends earlier */
export async function bytesAt(file: ProjectFile, start: number, end: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(
    await new Response(file.slice(start, end).stream() as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer(),
  );
  if (bytes.byteLength !== end - start) throw projectDamaged(`it ends at byte ${start + bytes.byteLength}`);
  return bytes;
}

function checkedRecord(given: unknown): ProjectRecord {
  const kind = (given as { kind?: unknown } | null)?.kind;
  if (kind === 'setting') return checkedPipeline(given as { id?: unknown; value?: unknown });
  if (!isKind(kind)) throw projectDamaged('it holds a record of no kind that a project has');
  const record = validate(schemas[kind], migrated(given), kind) as ProjectRecord;
  if (record.kind !== 'trial' && !isId.test(record.id)) throw projectDamaged(`a ${kind} has an id that none of ours has`);
  if (record.kind === 'dataset') checkVersions(record);
  if (record.kind === 'deployment') checkDeployment(record);
  return record;
}

/** A sweep has all of its trials, in their order, and no trial is without its sweep. */
function checkTrials(records: readonly ProjectRecord[]): void {
  let told = 0;
  for (const sweep of records) {
    if (sweep.kind !== 'sweep') continue;
    const trials = trialsIn(records, sweep.id).sort((one, other) => one.number - other.number);
    const isWhole =
      trials.length === sweep.trials && trials.every(({ id, number }, at) => number === at + 1 && id === trialId(sweep.id, number));
    if (!isWhole) throw projectDamaged(`the trials of "${sweep.name}" are not those that it had`);
    told += trials.length;
  }
  if (told !== records.filter(({ kind }) => kind === 'trial').length) throw projectDamaged('it holds a trial of no sweep');
}

/** Each is told by its hash, and by its number. */
function checkVersions(record: DatasetRecord): void {
  const all = allVersions(record);
  const numbers = new Set(all.map(({ version }) => version.number));
  const isOdd = ({ version }: DatasetVersion): boolean => !Number.isSafeInteger(version.number) || version.number < 1;
  if (new Set(all.map(({ hash }) => hash)).size !== all.length || numbers.size !== all.length || all.some(isOdd))
    throw projectDamaged(`the versions of "${record.name}" are not told apart`);
}

/** Versions are told apart, and labels point at those that are to answer. */
function checkDeployment({ id, versions, next, labels, traffic }: DeploymentRecord): void {
  if (traffic) checkTraffic(traffic);
  const numbers = new Set(versions.map(({ version }) => version));
  const isWhole =
    numbers.size === versions.length &&
    versions.every(({ version }) => Number.isSafeInteger(version) && version > 0 && version < next) &&
    labels.every(({ label, version }) => /^\w{1,100}$/.test(label) && versions.some((each) => each.loaded && each.version === version));
  if (!isWhole || !Number.isSafeInteger(next))
    throw projectDamaged(`the versions of "${id}" are not told apart, or a label points at none`);
}

/** Of settings, only pipelines that were saved travel: what a machine has measured about itself does not. */
function checkedPipeline({ id, value: given }: { id?: unknown; value?: unknown }): ProjectRecord {
  const value = validate(SavedPipeline, given, 'pipeline');
  if (!isId.test(value.id) || id !== pipelinePrefix + value.id) throw projectDamaged('a pipeline has an id that none of ours has');
  return { kind: 'setting', id: pipelinePrefix + value.id, value };
}

/** Older versions of Benchwright have written older pipelines. */
function migrated(given: unknown): unknown {
  const { pipeline } = given as { pipeline?: unknown };
  return pipeline === undefined ? given : { ...(given as object), pipeline: currentPipeline(pipeline as never) };
}

/** The list of chunks is exactly what the records name, and their bytes are exactly what follows. */
function checkChunks(records: readonly ProjectRecord[], chunks: readonly ChunkRef[], following: number): void {
  const things = records.filter(isThing);
  if (new Set(things.map((thing) => keyOf(itemOf(thing)))).size !== things.length) throw projectDamaged('two of its records have one id');
  const listed = new Map(chunks.map(({ hash, bytes }) => [hash, bytes]));
  const named = chunksOf(records);
  const agree =
    listed.size === chunks.length && named.length === chunks.length && named.every(({ hash, bytes }) => listed.get(hash) === bytes);
  if (!agree) throw projectDamaged('its chunks are not those that its records name');
  const odd = chunks.find(({ bytes }) => !Number.isSafeInteger(bytes) || bytes < 0 || bytes > mostChunkBytes);
  if (odd) throw projectDamaged(`a chunk claims ${odd.bytes} bytes`);
  const expected = chunks.reduce((sum, { bytes }) => sum + bytes, 0);
  if (expected !== following) throw projectDamaged(`${following} bytes of content are there, ${expected} were written`);
}
