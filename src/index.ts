/**
 * The public library, name by name. It is what the package's types describe; what runs is `host/node/index.ts` in Node and
 * `host/browser/index.ts` elsewhere, which have the same values (`test/types` and `test/contract/host` hold them to it).
 */

export type { ErrorDetails } from './base/errors.js';
export type { DeviceDescription, Devices, StepTime } from './compute/devices.js';
export type { Counters } from './compute/engine.js';
export type { DescriptionOptions, LayerDescription, ModelDescription, ModelTotals } from './compute/plan/inspect.js';
export type {
  Datasets,
  ExportFormat,
  ExportPiece,
  ImportOptions,
  ImportProgress,
  MovedFigure,
  ProfileProgress,
  RevisionOptions,
  VersionComparison,
  VersionSummary,
} from './data/datasets.js';
export type {
  Lake,
  LakeAccess,
  LakeColumn,
  LakeDescription,
  LakeEstimate,
  LakeImportProgress,
  LakeSource,
} from './data/lake/lake.js';
export type { RawValue } from './data/rows.js';
export type { BuiltinDescription, ByteSource, Source, SourceFile } from './data/source.js';
export type { Column, NumberColumn, Picture, PictureColumn, Table, TableChunk, TextColumn } from './data/table.js';
export type { Evaluator } from './evaluate/evaluator.js';
export {
  AbortError,
  BenchwrightError,
  createWorkbench,
  DeviceError,
  describeModel,
  InputError,
  StorageError,
  TrainingError,
  WorkerError,
} from './host/browser/index.js';
export type { Workbench, WorkbenchOptions } from './host/workbench.js';
export type { ExportedFile, ExportedPort, ExportOptions, ModelExport, ModelFormat } from './infer/export/exported.js';
export type { AnyModelRecord, FilePrediction, ModelDownload, ModelFile, Models, Prediction, RawRow } from './infer/models.js';
export type { TensorAnswer, TensorModels, TensorRunOptions } from './infer/tensors/models.js';
export type { NamedTensor, TensorData } from './infer/tensors/tensor.js';
export type { Deployments, DeployOptions, VersionLineage } from './serve/deployments.js';
export type {
  Comparison,
  ExperimentResult,
  Experiments,
  GuardrailResult,
  MetricResult,
  Verdict,
} from './serve/experiment/experiments.js';
export type { LogSummary, Logs } from './serve/log/logs.js';
export type { ChunkRef } from './spec/chunk.js';
export type { DatasetRecord, DatasetVersion, Origin, VersionMark, Warning } from './spec/dataset.js';
export type { DeployedVersion, DeploymentRecord } from './spec/deployment.js';
export type { DeviceChoice, DeviceTrial } from './spec/device.js';
export type { DeviceName, DevicePreference } from './spec/device-name.js';
export type { ExperimentRecord, ExperimentSpec, Guardrail, Metric } from './spec/experiment.js';
export type { Field, PictureSize } from './spec/field.js';
export type { FieldType } from './spec/field-type.js';
export type { FittedStep } from './spec/fitted-steps.js';
export type { ImportRecord, SourceIdentity } from './spec/import.js';
export type { Distribution, ExampleAnswer, InsightEpoch, InsightTensor, RunInsight } from './spec/insight.js';
export type { LakeOrigin, LakeQuery, LakeSample } from './spec/lake.js';
export type { Activation, LayerSpec } from './spec/layer.js';
export type { RateFinding, RatePoint, RateSearch } from './spec/learning-rate.js';
export type { ClassificationMetrics, Metrics, RegressionMetrics } from './spec/metrics.js';
export type { Loss, ModelSpec } from './spec/model.js';
export type { ClipSettings, OptimizerName, OptimizerSettings, ScheduleName, ScheduleSettings } from './spec/optimisation.js';
export type { FittedPipeline, FittedTarget } from './spec/pipeline.js';
export type { PipelineSpec } from './spec/pipeline-spec.js';
export type { Operator, Predicate } from './spec/predicate.js';
export type { LogSettings } from './spec/prediction-log.js';
export type { Preset } from './spec/preset.js';
export type { Alone, Association, AssociationMeasure, Finding, NumberProfile, Profile, ProfiledColumn, Repeats } from './spec/profile.js';
export type { CrossValidationReport, EvaluationReport } from './spec/report.js';
export type { Checkpoint, Confusion, CurvePoint, Mistake, RunMarks, RunRecord, Scores } from './spec/run.js';
export type { SavedPipeline } from './spec/saved-pipeline.js';
export type { SweepField, SweepFieldName, SweepMetric, SweepSpec, SweepValue } from './spec/sweep.js';
export type { SweepRecord, TrialRecord, TrialValues } from './spec/sweep-record.js';
export type { Task } from './spec/task.js';
export type { ElementType, Inspection, TensorModelRecord, TensorSpec } from './spec/tensor-model.js';
export type { Arm, RollbackRule, Traffic, TrafficEvent } from './spec/traffic.js';
export type { ModelRecord } from './spec/trained.js';
export type { SplitSpec, TrainingSpec } from './spec/training.js';
export type { Plan } from './stats/experiment/plan.js';
export type { Interval } from './stats/intervals.js';
export type {
  Project,
  ProjectArrival,
  ProjectContent,
  ProjectFile,
  ProjectItem,
  ProjectKind,
  ProjectPiece,
  ProjectProgress,
} from './storage/bundle/project.js';
export type { Damage } from './storage/damage.js';
export type { Inventory, KeptItem } from './storage/inventory/inventory.js';
export type { RecordKind, Usage } from './storage/store.js';
export type { PipelinePreview, Pipelines, PreviewedStep } from './train/pipelines.js';
export type { RecipeFacts } from './train/recipe.js';
export type { SweepEvent, SweepOutcome, SweepRequest, SweepStage, Sweeps } from './train/sweeps/sweeps.js';
export type { RateEvent, Trainer, TrainingEvent, TrainingPlan, TrainingRequest, TrainingSignals, TrainingStage } from './train/trainer.js';
