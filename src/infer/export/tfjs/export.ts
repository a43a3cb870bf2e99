/**
 * A saved model as a LayersModel of TensorFlow.js: model.json and weights.bin. It takes what the pipeline gives, since Keras layers know no
 * columns; the pipeline lies beside it as JSON.
 */
import { version } from '../../../base/version.js';
import { graphOf, type LayerNode } from '../../../compute/plan/graph.js';
import { parametersOf } from '../../../compute/plan/parameters.js';
import { inputShape, type Shape } from '../../../compute/plan/shapes.js';
import type { LayerSpec } from '../../../spec/layer.js';
import { hasValues } from '../../../spec/model.js';
import type { FittedPipeline } from '../../../spec/pipeline.js';
import { scoreWeights } from '../../reconstruction.js';
import { encodeFloats } from '../../weights.js';
import { type ModelExport, textFile } from '../exported.js';
import { packedKey, packedModel } from '../packed-model.js';
import { type ExportSubject, layerNotExportable } from '../subject.js';
import type { KerasLayer } from './layer.js';
import { kerasLayers } from './table.js';

const weightsFile = 'weights.bin';
const preprocessingFile = 'preprocessing.json';

/** @throws InputError `layer-not-exportable` */
export function exportTfjs({ record, weights }: ExportSubject): ModelExport {
  const { model, pipeline, target } = record;
  const names = new Map<string, string>();
  const nodes = graphOf(model);
  requireLine(nodes);
  const layers = nodes.flatMap(({ layer, index, inputShapes }): { class_name: string; config: Record<string, unknown> }[] => {
    const written = layersFor(layer, inputShapes[0], index);
    return written.map((keras, part) => {
      const name = part === 0 && written.length === 1 ? `${layer.kind}_${index}` : `${layer.kind}_${index}_${part}`;
      for (const [role, kerasName] of keras.weights ?? []) names.set(`${index}.${role}`, `${name}/${kerasName}`);
      return { class_name: keras.className, config: { name, trainable: true, ...keras.config } };
    });
  });
  const ending = model.loss === 'softmaxCrossEntropy' ? 'softmax' : 'sigmoid';
  if (!hasValues(model)) layers.push({ class_name: 'Activation', config: { name: 'probabilities', trainable: true, activation: ending } });
  const [first, ...others] = layers;
  const given = { dtype: 'float32', batch_input_shape: [null, ...inputShape(model)] };
  const config = { name: 'benchwright', layers: [{ ...first, config: { ...first.config, ...given } }, ...others] };
  const manifest = parametersOf(model).map((parameter) => ({
    name: names.get(parameter.name) ?? parameter.name,
    shape: parameter.shape,
    dtype: 'float32',
  }));
  const answers = answersOf(pipeline);
  const json = {
    format: 'layers-model',
    generatedBy: `benchwright ${version}`,
    convertedBy: null,
    modelTopology: { class_name: 'Sequential', config, keras_version: '2.9.0', backend: 'tensor_flow.js' },
    weightsManifest: [{ paths: [weightsFile], weights: manifest }],
    userDefinedMetadata: {
      name: record.name,
      target,
      ...answers.metadata,
      [packedKey]: packedModel(
        record,
        manifest.map(({ name }) => name),
      ),
    },
  };
  return {
    format: 'tfjs',
    files: [
      textFile('model.json', `${JSON.stringify(json)}\n`),
      { path: weightsFile, bytes: encodeFloats(weights) },
      textFile(
        preprocessingFile,
        `${JSON.stringify({ fields: record.fields.map(({ name, type }) => ({ name, type })), pipeline }, null, 2)}\n`,
      ),
    ],
    inputs: [{ name: 'inputs', type: 'float', shape: [-1, ...inputShape(model)] }],
    outputs: [{ name: answers.name, type: 'float', shape: [-1, ...nodes[nodes.length - 1].outputShape] }],
    notes: [`It takes numbers as the pipeline makes them, not columns: ${preprocessingFile} says how each is computed.`, answers.note],
  };
}

/** What the network gives, which of the pipeline's target is undone elsewhere. */
function answersOf(pipeline: FittedPipeline): {
  name: string;
  note: string;
  metadata: Record<string, readonly (string | number)[] | number>;
} {
  const { target } = pipeline;
  switch (target.kind) {
    case 'classes':
      return {
        name: 'probabilities',
        note: 'It answers a probability for each class, in the order of "classes" in its metadata.',
        metadata: { classes: target.classes },
      };
    case 'labels':
      return {
        name: 'probabilities',
        note: 'It answers a probability for each label, in the order of "labels" in its metadata; a label is there from 0.5 on.',
        metadata: { labels: target.labels },
      };
    case 'anomaly':
      return {
        name: 'reconstruction',
        note: 'It gives its inputs back: the mean of a row\'s squared errors, each times its "weights" in the metadata, is its score, and above "threshold" it is an anomaly.',
        metadata: {
          weights: scoreWeights(pipeline.steps, target.usual),
          ...(target.threshold === undefined ? {} : { threshold: target.threshold }),
        },
      };
    default:
      return {
        name: 'scaled value',
        note: `It answers scaled values: "target" in ${preprocessingFile} says how to undo that.`,
        metadata: {},
      };
  }
}

function layersFor(layer: LayerSpec, shape: Shape, index: number): KerasLayer[] {
  const written = kerasLayers(layer.kind)?.(layer as never, shape);
  if (written) return written;
  throw notExportable(layer, index);
}

/** A Sequential model has one way through it. @throws InputError `layer-not-exportable` */
function requireLine(nodes: readonly LayerNode[]): void {
  const masked = nodes.find(({ mask }) => mask !== undefined);
  if (masked) throw notExportable(masked.layer, masked.index, 'it leaves padding out, and its layers there do not');
  const branch = nodes.find(({ index, inputs }) => inputs.length > 1 || inputs[0] !== index - 1);
  if (branch)
    throw notExportable(branch.layer, branch.index, 'it reads another layer than the one before it, and there they stand in one line');
}

const notExportable = ({ kind }: LayerSpec, index: number, why?: string): Error =>
  layerNotExportable('a LayersModel of TensorFlow.js', kind, index, why);
