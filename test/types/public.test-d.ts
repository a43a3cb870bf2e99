/** The public types, checked by the compiler (`npm run check`): this file is never run. */
import { expectTypeOf } from 'vitest';
import * as inNode from '../../src/host/node/index.js';
import type {
  BenchwrightError,
  CrossValidationReport,
  DatasetRecord,
  DeviceChoice,
  EvaluationReport,
  ImportProgress,
  Prediction,
  RunRecord,
  Table,
  TrainingEvent,
  Workbench,
  WorkbenchOptions,
} from '../../src/index.js';
import * as library from '../../src/index.js';

/** One type describes both hosts. */
expectTypeOf(library).toEqualTypeOf(inNode);
expectTypeOf(library.createWorkbench).toEqualTypeOf<(options?: WorkbenchOptions) => Promise<Workbench>>();
expectTypeOf<WorkbenchOptions>().toEqualTypeOf<{
  storage?: 'memory' | 'indexeddb' | 'files';
  path?: string;
  device?: 'auto' | 'webgpu' | 'webgl' | 'wasm' | 'cpu';
  threads?: number;
}>();

/** Long work is an async generator with its own result, and takes a signal. */
declare const workbench: Workbench;
expectTypeOf(workbench.datasets.import).returns.toEqualTypeOf<AsyncGenerator<ImportProgress, DatasetRecord>>();
expectTypeOf(workbench.datasets.import).parameter(2).toEqualTypeOf<AbortSignal | undefined>();
expectTypeOf(workbench.trainer.train).returns.toEqualTypeOf<AsyncGenerator<TrainingEvent, RunRecord>>();
expectTypeOf(workbench.trainer.crossValidate).returns.toEqualTypeOf<AsyncGenerator<TrainingEvent, CrossValidationReport>>();

/** Everything else is a promise of plain data. */
expectTypeOf(workbench.datasets.preview).returns.resolves.toEqualTypeOf<Table>();
expectTypeOf(workbench.models.predict).returns.resolves.toEqualTypeOf<Prediction[]>();
expectTypeOf(workbench.evaluator.evaluate).returns.resolves.toEqualTypeOf<EvaluationReport>();
expectTypeOf(workbench.devices.choose).returns.resolves.toEqualTypeOf<DeviceChoice>();
expectTypeOf(workbench.close).returns.resolves.toBeVoid();

/** The devices' owner and its engines stay inside. */
expectTypeOf(workbench.devices).not.toHaveProperty('engine');
expectTypeOf(workbench).not.toHaveProperty('store');

/** Every error has what the product promises. */
type OurErrors = InstanceType<
  | typeof library.InputError
  | typeof library.StorageError
  | typeof library.DeviceError
  | typeof library.WorkerError
  | typeof library.TrainingError
  | typeof library.AbortError
>;
expectTypeOf<OurErrors>().toExtend<BenchwrightError>();
expectTypeOf<Pick<BenchwrightError, 'code' | 'advice' | 'place'>>().toEqualTypeOf<{
  readonly code: string;
  readonly advice: string;
  readonly place: Record<string, string | number>;
}>();

/** A table can be narrowed by its columns' kind. */
declare const table: Table;
const [column] = table.columns;
if (column.kind === 'number') expectTypeOf(column.values).toEqualTypeOf<Float64Array>();
else if (column.kind === 'picture') expectTypeOf(column.pixels).toEqualTypeOf<Uint8Array>();
else expectTypeOf(column.codes).toEqualTypeOf<Int32Array>();
